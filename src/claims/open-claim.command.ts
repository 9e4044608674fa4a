import {
  refused,
  type Answer,
  type Command,
  type CommandHandler,
  type CommandTransaction,
} from '../platform/database/command';
import { sha256 } from '../platform/auth/secrets';
import { userError, type UserErrorShape } from '../platform/errors';
import { checkText } from '../platform/text';
import { claimColumns, type ClaimRow } from './claim.entity';
import { looksLikeCode } from './code-text';
import { claimId } from './claim.id';

/** A scan, as a brand or a phone tells of it. */
export interface OpenClaim {
  code: string;
  deviceId?: string | null;
}

/** What became of a claim. */
export interface ClaimAnswer extends Answer {
  claim?: ClaimRow;
}

interface Draft {
  id: string;
  brandId: string;
  codeId: string;
  device: Buffer | null;
}

const deviceBytes = 200;
const dayMs = 86_400_000;

const codesSql = `
  SELECT q.id, q.brand_id, q.code FROM unnest($1::uuid[], $2::text[]) AS t(brand_id, code)
  JOIN qr_codes q ON q.brand_id = t.brand_id AND q.code = t.code`;

const insertSql = `
  INSERT INTO claims (id, brand_id, code_id, device_hash, state, created_at, expires_at)
  SELECT t.id, t.brand_id, t.code_id, t.device, 'OPEN', $5, $6
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bytea[]) AS t(id, brand_id, code_id, device)
  ORDER BY t.brand_id, t.code_id, t.device
  ON CONFLICT (brand_id, code_id, device_hash) WHERE device_hash IS NOT NULL DO NOTHING`;

const readSql = `
  WITH t AS (SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bytea[]) WITH ORDINALITY
    AS t(id, brand_id, code_id, device, place))
  SELECT t.place, ${claimColumns} FROM t JOIN claims c ON c.id = t.id AND c.brand_id = t.brand_id
  UNION ALL
  SELECT t.place, ${claimColumns} FROM t
  JOIN claims c ON c.brand_id = t.brand_id AND c.code_id = t.code_id AND c.device_hash = t.device
    AND c.id <> t.id`;

/** Opens claims; a device that has scanned the code before gets the claim it has. */
export const openClaim: CommandHandler<OpenClaim, ClaimAnswer> = {
  kind: 'openClaim',
  async execute(tx, commands) {
    const codes = await readCodes(tx, commands);
    const read = commands.map((command) => readDraft(command, codes));
    const drafts = read.filter((one): one is Draft => 'codeId' in one);
    const opened = (await openAll(tx, drafts)).values();
    return read.map((one) =>
      'codeId' in one ? { claim: opened.next().value, userErrors: [] } : refused(one),
    );
  },
};

const nameOf = (brandId: string | null, code: string): string => `${brandId} ${code}`;

async function readCodes(
  tx: CommandTransaction,
  commands: readonly Command<OpenClaim>[],
): Promise<Map<string, string>> {
  // What holds such a character is no code, and PostgreSQL would not take it.
  const named = commands.filter(({ input }) => looksLikeCode(input.code));
  const rows = await tx.query<{ id: string; brand_id: string; code: string }>(codesSql, [
    named.map(({ tenant }) => tenant),
    named.map(({ input }) => input.code),
  ]);
  return new Map(rows.map((row) => [nameOf(row.brand_id, row.code), row.id]));
}

function readDraft(
  { input, tenant }: Command<OpenClaim>,
  codes: ReadonlyMap<string, string>,
): Draft | UserErrorShape {
  const brandId = tenant as string;
  const deviceId = input.deviceId ?? null;
  const text =
    deviceId === null ? null : checkText(deviceId, { maxBytes: deviceBytes, field: ['deviceId'] });
  if (text?.refusal) return text.refusal;
  const codeId = codes.get(nameOf(tenant, input.code));
  if (codeId === undefined) return userError('NOT_FOUND', ['code']);
  const device = text === null ? null : sha256(`${brandId} ${text.value}`);
  return { id: claimId.create(), brandId, codeId, device };
}

async function openAll(tx: CommandTransaction, drafts: readonly Draft[]): Promise<ClaimRow[]> {
  if (drafts.length === 0) return [];
  const columns = [
    drafts.map(({ id }) => id),
    drafts.map(({ brandId }) => brandId),
    drafts.map(({ codeId }) => codeId),
    drafts.map(({ device }) => device),
  ];
  const expiresAt = new Date(tx.now.getTime() + tx.limits.claimDays * dayMs);
  await tx.query(insertSql, [...columns, tx.now, expiresAt]);
  const rows = await tx.query<ClaimRow & { place: number }>(readSql, columns);
  const claims: ClaimRow[] = [];
  for (const { place, ...claim } of rows) claims[place - 1] = claim;
  return claims;
}
