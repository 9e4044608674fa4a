import { nameOf, takenNames } from '../brands';
import { accounts, Posting, type TransferRow } from '../ledger';
import {
  insertMessages,
  messageId,
  type ChannelName,
  type MessageDraft,
  type MessageKindName,
} from '../messages';
import {
  refused,
  type Answer,
  type Command,
  type CommandHandler,
  type CommandTransaction,
} from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import { checkText } from '../platform/text';
import { openExperiments, type OpenExperiment } from '../holdouts';
import { itemsByIds } from '../series';
import { currentRules } from './earn-rule.service';
import { offersMu } from './payable';

/** A message as it is asked for. */
export interface RecordMessage {
  externalId: string;
  channel: ChannelName;
  kind?: MessageKindName | null;
  subject?: string | null;
  openMu?: number | null;
  actionMuMax?: number | null;
  audience?: number | null;
  expiresAt?: string | Date | null;
  campaign?: string | null;
  seriesItemId?: string | null;
  experimentId?: string | null;
}

export interface RecordMessageAnswer extends Answer {
  messageId?: string;
  reserve?: TransferRow | null;
}

const defaultKind: MessageKindName = 'MICRON';

/**
 * Records messages and sets Mu aside for them: audience × (openMu + actionMuMax), the worst case, or
 * the message is refused. What is promised is always there to be paid, and by the rules of its time: a
 * message keeps the versions that are current when it is recorded.
 */
export const recordMessage: CommandHandler<RecordMessage, RecordMessageAnswer> = {
  kind: 'recordMessage',
  async execute(tx, commands) {
    const items = await itemsByIds(
      tx,
      commands.map(({ input }) => input.seriesItemId ?? null),
      commands.map(({ tenant }) => tenant as string),
    );
    const experiments = await openExperiments(
      tx,
      commands.map(({ input }) => input.experimentId ?? null),
      commands.map(({ tenant }) => tenant as string),
    );
    const drafts = commands.map((command, at) =>
      readDraft(tx, command, items[at] ?? null, experiments[at] ?? null),
    );
    const good = drafts.filter((draft): draft is MessageDraft => 'uuid' in draft);
    const taken = await takenNames(tx, 'messages', good.map(named));
    await pinRules(tx, good);
    const posting = await Posting.open(tx, good.filter(reserves).flatMap(accountsOf), []);
    const kept: MessageDraft[] = [];
    const answers = drafts.map((draft) => {
      if (!('uuid' in draft)) return refused(draft);
      const name = nameOf(named(draft));
      if (taken.has(name)) return refused(userError('ALREADY_EXISTS', ['externalId']));
      const reserve = reserves(draft) ? reserveFor(posting, draft) : null;
      if (reserve === 'BUDGET_EXHAUSTED') return refused(userError('BUDGET_EXHAUSTED'));
      taken.add(name);
      kept.push(draft);
      return { messageId: draft.uuid, reserve, userErrors: [] };
    });
    const inserted = await insertMessages(tx, kept);
    if (inserted.includes(false)) throw new Error('a message was recorded at the same moment');
    await posting.flush();
    return answers;
  },
};

/** A draft as the name its brand gives it. */
function named({ brandId, externalId }: MessageDraft): { brand_id: string; external_id: string } {
  return { brand_id: brandId, external_id: externalId };
}

/** Read under the lock that gives a brand's rules their versions, so that none is missed. */
async function pinRules(tx: CommandTransaction, drafts: readonly MessageDraft[]): Promise<void> {
  if (drafts.length === 0) return;
  const rules = await currentRules(tx, [...new Set(drafts.map((draft) => draft.brandId))]);
  for (const draft of drafts) {
    draft.earnRuleIds = rules
      .filter((rule) => rule.brandUuid === draft.brandId)
      .map((rule) => rule.uuid);
  }
}

function reserves(draft: MessageDraft): boolean {
  return draft.audience !== null && offersMu(draft);
}

function accountsOf(draft: MessageDraft) {
  return [accounts.budget(draft.brandId), accounts.reserve(draft.brandId, draft.uuid)];
}

function worstCase({ audience, openMu, actionMuMax }: MessageDraft | RecordMessage): number {
  return (audience ?? 0) * ((openMu ?? 0) + (actionMuMax ?? 0));
}

function reserveFor(posting: Posting, draft: MessageDraft): TransferRow | 'BUDGET_EXHAUSTED' {
  const posted = posting.transfer({
    kind: 'RESERVE',
    debit: accounts.budget(draft.brandId),
    credit: accounts.reserve(draft.brandId, draft.uuid),
    amount: worstCase(draft),
    reason: `Reserve for ${draft.externalId}`,
    brandId: draft.brandId,
    messageId: draft.uuid,
  });
  return typeof posted === 'string' ? 'BUDGET_EXHAUSTED' : posted.transfer;
}

function readDraft(
  tx: CommandTransaction,
  { input, tenant }: Command<RecordMessage>,
  seriesItem: MessageDraft['seriesItem'],
  experiment: OpenExperiment | null,
): MessageDraft | UserErrorShape {
  const wrong = checkNumbers(tx, input) ?? checkExpiry(tx, input);
  if (wrong !== null) return wrong;
  if (input.seriesItemId != null && seriesItem === null) {
    return userError('NOT_FOUND', ['seriesItemId']);
  }
  const stray = checkExperiment(input, experiment);
  if (stray !== null) return stray;
  const texts: Record<string, string | null> = {};
  for (const [name, maxBytes] of [
    ['externalId', 200],
    ['subject', tx.limits.textBytes],
    ['campaign', 200],
  ] as const) {
    const value = input[name];
    if (value == null) {
      texts[name] = null;
      continue;
    }
    const text = checkText(value, { maxBytes, field: [name] });
    if (text.refusal) return text.refusal;
    texts[name] = text.value;
  }
  return {
    uuid: messageId.create(),
    brandId: tenant as string,
    externalId: texts['externalId'] as string,
    channel: input.channel,
    kind: input.kind ?? (seriesItem === null ? defaultKind : 'EM'),
    seriesItem,
    subject: texts['subject'] ?? null,
    campaign: texts['campaign'] ?? null,
    openMu: input.openMu ?? null,
    actionMuMax: input.actionMuMax ?? null,
    audience: input.audience ?? null,
    expiresAt: expiryOf(input, experiment),
    experimentId: experiment?.id ?? null,
  };
}

function checkExperiment(
  { experimentId, audience }: RecordMessage,
  experiment: OpenExperiment | null,
): UserErrorShape | null {
  if (experimentId == null) return null;
  if (experiment === null) return userError('NOT_FOUND', ['experimentId']);
  if (audience == null) return null;
  return userError('INVALID_VALUE', ['audience'], 'An experiment’s messages pay from its reserve.');
}

/** An experiment's message pays no longer than the experiment lasts. */
function expiryOf({ expiresAt }: RecordMessage, experiment: OpenExperiment | null): Date | null {
  const own = expiresAt == null ? null : new Date(expiresAt);
  if (experiment === null) return own;
  return own === null || own > experiment.endsAt ? experiment.endsAt : own;
}

function checkNumbers(tx: CommandTransaction, input: RecordMessage): UserErrorShape | null {
  for (const name of ['openMu', 'actionMuMax'] as const) {
    const amount = input[name] ?? 0;
    if (amount < 0) return userError('AMOUNT_NOT_POSITIVE', [name], 'Must not be below 0.');
    if (amount > tx.limits.amountMu) return userError('AMOUNT_TOO_LARGE', [name]);
  }
  if (input.audience != null && input.audience < 1) {
    return userError('INVALID_VALUE', ['audience'], 'Must be at least 1.');
  }
  if (worstCase(input) > tx.limits.amountMu) return userError('AMOUNT_TOO_LARGE', ['audience']);
  return null;
}

function checkExpiry(tx: CommandTransaction, input: RecordMessage): UserErrorShape | null {
  if (input.expiresAt == null || new Date(input.expiresAt) > tx.now) return null;
  return userError('INVALID_VALUE', ['expiresAt'], 'Must be in the future.');
}
