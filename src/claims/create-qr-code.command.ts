import { checkAmount } from '../ledger';
import { magnetId, readMagnets, takesAnswers, type MagnetRow } from '../magnets';
import { messageId, messagesByIds } from '../messages';
import {
  refused,
  type Answer,
  type Command,
  type CommandHandler,
  type CommandTransaction,
} from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import { checkText } from '../platform/text';
import { looksLikeCode } from './code-text';
import { qrCodeId } from './claim.id';
import type { QrCodeRow } from './qr-code.entity';

/** A code as a brand describes it. */
export interface CreateQrCode {
  code: string;
  name: string;
  mu?: number | null;
  magnetId?: string | null;
  messageId?: string | null;
  landingUrl?: string | null;
}

export interface CreateQrCodeAnswer extends Answer {
  qrCode?: QrCodeRow;
}

const nameBytes = 200;

const insertSql = `
  INSERT INTO qr_codes (id, brand_id, code, name, mu, message_id, landing_url, magnet_id, created_at)
  SELECT t.*, $9 FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::bigint[],
    $6::uuid[], $7::text[], $8::uuid[])
    AS t(id, brand_id, code, name, mu, message_id, landing_url, magnet_id)
  ORDER BY t.brand_id, t.code
  ON CONFLICT (brand_id, code) DO NOTHING
  RETURNING id`;

/** Makes codes. What a printed code pays does not change, so a code is made once. */
export const createQrCode: CommandHandler<CreateQrCode, CreateQrCodeAnswer> = {
  kind: 'createQrCode',
  async execute(tx, commands) {
    const messages = await messagesByIds(
      tx,
      commands.map(({ input }) =>
        input.messageId == null ? null : messageId.decode(input.messageId),
      ),
      commands.map(({ tenant }) => tenant as string),
    );
    const magnets = await readMagnets(
      tx,
      commands.map(({ input, tenant }) => {
        const id = input.magnetId == null ? null : magnetId.decode(input.magnetId);
        return id === null ? null : { brandId: tenant as string, id };
      }),
    );
    const drafts = commands.map((command, at) =>
      readDraft(tx, command, messages[at]?.uuid ?? null, magnets[at] ?? null),
    );
    const made = await insertCodes(
      tx,
      drafts.filter((draft): draft is QrCodeRow => 'id' in draft),
    );
    return drafts.map((draft) => {
      if (!('id' in draft)) return refused(draft);
      if (!made.has(draft.id)) return refused(userError('ALREADY_EXISTS', ['code']));
      return { qrCode: draft, userErrors: [] };
    });
  },
};

function readDraft(
  tx: CommandTransaction,
  { input, tenant }: Command<CreateQrCode>,
  message: string | null,
  magnet: MagnetRow | null,
): QrCodeRow | UserErrorShape {
  if (!looksLikeCode(input.code)) {
    const message = 'Must be 1 to 64 letters, digits, dots, dashes and underscores.';
    return userError('INVALID_VALUE', ['code'], message);
  }
  const name = checkText(input.name, { maxBytes: nameBytes, field: ['name'] });
  if (name.refusal) return name.refusal;
  const wrong = refuseWorth(tx, input, magnet);
  if (wrong !== null) return wrong;
  if (input.messageId != null && message === null) return userError('NOT_FOUND', ['messageId']);
  const landingUrl = input.landingUrl == null ? null : readAddress(tx, input.landingUrl);
  if (landingUrl === undefined) {
    return userError('INVALID_VALUE', ['landingUrl'], 'Must be an https address without a user.');
  }
  return {
    id: qrCodeId.create(),
    brand_id: tenant as string,
    code: input.code,
    name: name.value,
    mu: input.mu ?? 0,
    message_id: message,
    landing_url: landingUrl,
    magnet_id: magnet?.id ?? null,
    created_at: tx.now,
  };
}

function refuseWorth(
  tx: CommandTransaction,
  input: CreateQrCode,
  magnet: MagnetRow | null,
): UserErrorShape | null {
  const wrong = input.mu == null ? null : checkAmount(input.mu, tx.limits, ['mu']);
  if (wrong !== null) return wrong;
  if (input.magnetId != null) return refuseMagnet(tx, magnet);
  return input.mu == null ? userError('INVALID_VALUE', ['mu'], 'Say what a claim pays.') : null;
}

/** An unknown person has no Mu to stake, and what a message offers may be over before they are known. */
function refuseMagnet(
  { now }: CommandTransaction,
  magnet: MagnetRow | null,
): UserErrorShape | null {
  const field = ['magnetId'];
  if (magnet === null) return userError('NOT_FOUND', field);
  if (!takesAnswers(magnet, null, now)) return userError('MAGNET_CLOSED', field);
  const { content } = magnet;
  if (content.kind === 'PREDICTION' && content.allowsStake) {
    return userError('INVALID_VALUE', field, 'A code takes no magnet with stakes.');
  }
  if (magnet.message_id === null) return null;
  return userError('INVALID_VALUE', field, 'A code takes no magnet of a message.');
}

/** The address as a browser would write it, so that what is sent to browsers is plain ASCII. */
function readAddress({ limits }: CommandTransaction, text: string): string | undefined {
  if (!URL.canParse(text.trim())) return undefined;
  const url = new URL(text.trim());
  if (url.protocol !== 'https:' || url.username + url.password !== '') return undefined;
  return url.href.length <= limits.textBytes ? url.href : undefined;
}

/** The ids of those that are new. */
async function insertCodes(
  tx: CommandTransaction,
  drafts: readonly QrCodeRow[],
): Promise<Set<string>> {
  if (drafts.length === 0) return new Set();
  const column = (name: keyof QrCodeRow) => drafts.map((draft) => draft[name]);
  const rows = await tx.query<{ id: string }>(insertSql, [
    column('id'),
    column('brand_id'),
    column('code'),
    column('name'),
    column('mu'),
    column('message_id'),
    column('landing_url'),
    column('magnet_id'),
    tx.now,
  ]);
  return new Set(rows.map((row) => row.id));
}
