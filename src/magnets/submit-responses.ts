import {
  accounts,
  pairOf,
  Posting,
  readWalletFacts,
  type AccountRef,
  type WalletFacts,
} from '../ledger';
import { messagesByIds } from '../messages';
import type { CommandTransaction } from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import { recordAttention, sourceOf, type RecordAttentionAnswer } from '../rewards';
import { grade, type Grade } from './grade';
import { isOpen } from './is-open';
import type { MagnetRow } from './magnet.entity';
import { magnetId, magnetResponseId } from './magnet.id';
import {
  lastResponses,
  responseName,
  shareMagnets,
  storeResponses,
  type LastResponse,
} from './magnet.store';
import { snapshotOf, type MagnetResponseRow } from './magnet-response.entity';
import {
  attentionOf,
  type Draft,
  type Given,
  type ResponseItem,
  type ResponseOutcome,
} from './response-item';

/**
 * Judges, stores and pays answers to magnets, a whole list inside the caller's transaction, in order:
 * stakes and promises first, then the attention that each answer is, then the responses.
 */
export async function submitResponses(
  tx: CommandTransaction,
  items: readonly ResponseItem[],
): Promise<ResponseOutcome[]> {
  const drafts = await readDrafts(tx, items);
  const good = drafts.filter((draft) => 'grade' in draft);
  if (good.length === 0) return drafts.map((draft) => ({ userErrors: [draft as UserErrorShape] }));
  const pairs = good.map(({ item }) => item);
  const posting = await Posting.open(tx, good.flatMap(accountsOf), pairs);
  const facts = await readWalletFacts(tx, pairs);
  const last = await lastResponses(tx, good.map(keyOf));
  const decided = drafts.map((draft) => {
    return 'grade' in draft ? decide(tx, posting, facts, last, draft) : draft;
  });
  await posting.flush();
  const given = decided.filter((one) => 'round' in one);
  const paid = await recordAttention.execute(tx, given.map(attentionOf));
  const rows = given.map((one, at) => rowOf(tx, one, paid[at] as RecordAttentionAnswer));
  await storeResponses(tx, rows);
  rows.forEach((row, at) => announce(tx, row, given[at] as Given));
  const done = rows
    .map((row, at) => outcomeOf(row, given[at] as Given, paid[at] as RecordAttentionAnswer))
    .values();
  return decided.map((one) =>
    'round' in one ? (done.next().value as ResponseOutcome) : { userErrors: [one] },
  );
}

async function readDrafts(
  tx: CommandTransaction,
  items: readonly ResponseItem[],
): Promise<(Draft | UserErrorShape)[]> {
  const magnets = await shareMagnets(
    tx,
    items.map(({ brandId, magnetId: id }) => (id === null ? null : { brandId, id })),
  );
  const messages = await messagesByIds(
    tx,
    items.map(({ messageId: id }, at) => magnets[at]?.message_id ?? id ?? null),
    items.map(({ brandId }) => brandId),
  );
  return items.map((item, at) => {
    const magnet = magnets[at] ?? null;
    const message = messages[at] ?? null;
    if (magnet === null) return userError('NOT_FOUND', ['magnetId']);
    if (item.messageId != null && item.messageId !== message?.uuid) {
      return userError('NOT_FOUND', ['messageId']);
    }
    const graded = grade(magnet.content, item.answer, tx.limits);
    if ('code' in graded) return graded;
    if (!isOpen(magnet, item.answeredAt ?? null, tx.now)) {
      return userError('MAGNET_CLOSED', ['magnetId']);
    }
    return { item, magnet, message, grade: graded };
  });
}

/** Everything an answer may touch, so that all locks are taken in one ordered step. */
function accountsOf({
  item,
  magnet,
  message,
  grade: { stakeMu, promisedMu },
}: Draft): AccountRef[] {
  const { brandId, purposeId } = item;
  const refs = [
    accounts.wallet(item.customerId),
    sourceOf({ brandId, message, price: { purposeId } }),
  ];
  if (stakeMu > 0 || promisedMu > 0) {
    refs.push(accounts.reserve(brandId, magnet.id), accounts.budget(brandId));
  }
  return refs;
}

function keyOf({ item: { brandId, customerId: customer }, magnet }: Draft) {
  return { brandId, customerId: customer, magnetId: magnet.id };
}

function decide(
  tx: CommandTransaction,
  posting: Posting,
  facts: ReadonlyMap<string, WalletFacts>,
  last: Map<string, LastResponse>,
  draft: Draft,
): Given | UserErrorShape {
  const { item, magnet } = draft;
  const name = responseName(keyOf(draft));
  const before = last.get(name) ?? null;
  if (before !== null && !mayAnswerAgain(magnet, before, tx.now)) {
    return userError('ALREADY_ANSWERED', ['magnetId']);
  }
  const confirmed = facts.get(pairOf(item.brandId, item.customerId))?.confirmed === true;
  const refusal = takeStake(posting, draft, confirmed);
  if (refusal !== null) return refusal;
  const round = (before?.round ?? 0) + 1;
  last.set(name, { round, answeredAt: tx.now });
  const promised = promise(posting, draft);
  const unpromised = promised.promisedMu < draft.grade.promisedMu;
  return { ...draft, grade: promised, round, unpromised };
}

/** Only a question about the customer is asked again, when the brand said after how long. */
function mayAnswerAgain({ content }: MagnetRow, { answeredAt }: LastResponse, now: Date): boolean {
  if (content.kind !== 'PREFERENCE' || content.reaskAfterDays === null) return false;
  return now.getTime() >= answeredAt.getTime() + content.reaskAfterDays * 86_400_000;
}

function takeStake(posting: Posting, draft: Draft, confirmed: boolean): UserErrorShape | null {
  const { item, magnet } = draft;
  const { stakeMu: amount } = draft.grade;
  if (amount === 0) return null;
  const field = ['answer', 'prediction', 'stakeMu'];
  if (posting.isClosed(accounts.wallet(item.customerId))) {
    return userError('CUSTOMER_OPTED_OUT', field);
  }
  if (!confirmed) return userError('IDENTITY_NOT_CONFIRMED', field);
  const posted = posting.transfer({
    kind: 'STAKE',
    debit: accounts.wallet(item.customerId),
    credit: accounts.reserve(item.brandId, magnet.id),
    amount,
    reason: `Put on a prediction: ${magnet.title}`,
    brandId: item.brandId,
    customerId: item.customerId,
  });
  if (posted === 'TOO_LITTLE') return userError('INSUFFICIENT_MU', field);
  return posted === 'TOO_MUCH' ? userError('AMOUNT_TOO_LARGE', field) : null;
}

/** Sets aside what a right prediction will pay; a brand that cannot has not promised it. */
function promise(posting: Posting, { item, magnet, grade: graded }: Draft): Grade {
  if (graded.promisedMu === 0) return graded;
  const posted = posting.transfer({
    kind: 'RESERVE',
    debit: accounts.budget(item.brandId),
    credit: accounts.reserve(item.brandId, magnet.id),
    amount: graded.promisedMu,
    reason: `For a right prediction: ${magnet.title}`,
    brandId: item.brandId,
  });
  return typeof posted === 'string' ? { ...graded, promisedMu: 0 } : graded;
}

function rowOf(
  tx: CommandTransaction,
  given: Given,
  paid: RecordAttentionAnswer,
): MagnetResponseRow {
  if (paid.event === undefined) throw new Error('an answer was not recorded as attention');
  const { item, magnet, round, grade: graded } = given;
  const { content } = magnet;
  const eventId = paid.event['id'] as string;
  const ofEvent = (paid.grants ?? []).filter(({ entry }) => entry['event_id'] === eventId);
  const consent = content.kind === 'PREFERENCE' ? content : null;
  return {
    id: magnetResponseId.create(),
    brand_id: item.brandId,
    magnet_id: magnet.id,
    customer_id: item.customerId,
    round,
    answers: graded.answers,
    choice: graded.choice,
    right_answers: graded.right,
    questions: graded.of,
    mu: ofEvent.reduce((sum, { amount }) => sum + amount, 0),
    stake: graded.stakeMu,
    promised: graded.promisedMu,
    outcome: content.kind === 'PREDICTION' ? 'PENDING' : null,
    payout: 0,
    consent_purpose: consent?.purpose ?? null,
    consent_version: consent?.consentVersion ?? null,
    event_id: eventId,
    answered_at: tx.now,
    withdrawn_at: null,
  };
}

function announce(tx: CommandTransaction, row: MagnetResponseRow, { magnet }: Given): void {
  tx.announce({
    topic: 'magnet.answered',
    brandId: row.brand_id,
    customerId: row.customer_id,
    payload: {
      magnetId: magnetId.encode(row.magnet_id),
      responseId: magnetResponseId.encode(row.id),
      kind: magnet.kind,
      mu: row.mu,
    },
  });
}

function outcomeOf(
  row: MagnetResponseRow,
  { unpromised }: Given,
  { grants, wallet, userErrors }: RecordAttentionAnswer,
): ResponseOutcome {
  const known = userErrors.some(({ code }) => code === 'BUDGET_EXHAUSTED');
  const also = unpromised && !known ? [userError('BUDGET_EXHAUSTED')] : [];
  return { response: snapshotOf(row), grants, wallet, userErrors: [...userErrors, ...also] };
}
