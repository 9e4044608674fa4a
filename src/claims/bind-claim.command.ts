import { attentionId } from '../attention';
import { customerId, lockRelationships, resolveCustomers, type CustomerBy } from '../customers';
import { pairOf, Posting, readWalletFacts, type WalletFacts, type WalletSnapshot } from '../ledger';
import { shareMagnets, type ResponseOutcome } from '../magnets';
import { messageId, messagesByIds } from '../messages';
import {
  refused,
  type Command,
  type CommandHandler,
  type CommandTransaction,
} from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import { recordAttention, type RecordAttention, type RecordAttentionAnswer } from '../rewards';
import { magnetOf, submitAnswers, type Binding } from './claim-answers';
import { accountsOfReserve, closeReserve } from './claim-reserve';
import { lockClaims, snapshotOf, storeClaims, type LockedClaim } from './claim-rows';
import { claimId, qrCodeId } from './claim.id';
import type { ClaimAnswer } from './open-claim.command';

/** Word of whose a claim is. */
export interface BindClaim {
  claimId: string;
  customer: CustomerBy;
}

export interface BindClaimAnswer extends ClaimAnswer {
  wallet?: WalletSnapshot;
}

const earlierSql = `
  SELECT DISTINCT c.code_id, c.customer_id
  FROM unnest($1::uuid[], $2::uuid[]) AS t(code_id, customer_id)
  JOIN claims c ON c.code_id = t.code_id AND c.customer_id = t.customer_id`;

/**
 * Pays claims to the customers they turn out to be. The relationships are locked first, so that of two
 * claims on one code only one is ever paid to a customer; then the claims, so that of two customers only
 * one is ever paid a claim.
 */
export const bindClaim: CommandHandler<BindClaim, BindClaimAnswer> = {
  kind: 'bindClaim',
  async execute(tx, commands) {
    const customers = await resolveCustomers(
      tx,
      commands.map(({ input, tenant }) => ({ brandId: tenant as string, by: input.customer })),
    );
    const pairs = commands.flatMap(({ tenant }, at) =>
      customers[at] == null ? [] : [{ brandId: tenant as string, customer: customers[at] }],
    );
    await lockRelationships(tx, pairs);
    const read = await judgeAll(tx, commands, customers);
    const bindings = read.filter((one): one is Binding => 'claim' in one);
    // Before any account is, as whoever ends a magnet does.
    await shareMagnets(
      tx,
      bindings.map(({ claim }) => magnetOf(claim)),
    );
    const paid = await payAll(tx, bindings);
    const scanned = bindings.filter(({ claim }) => isPaid(claim, paid.get(claim.id)));
    const outcomes = await submitAnswers(tx, scanned);
    const answers = read.map((one) => {
      if (!('claim' in one)) return refused(one);
      const scan = paid.get(one.claim.id) as RecordAttentionAnswer;
      return isPaid(one.claim, scan)
        ? bindOne(tx, one, scan, outcomes.get(one.claim.id))
        : refuseUnpaid(scan);
    });
    const bound = scanned.map(({ claim }) => claim);
    await storeClaims(tx, bound);
    await closeReserves(tx, bound);
    return answers;
  },
};

async function judgeAll(
  tx: CommandTransaction,
  commands: readonly Command<BindClaim>[],
  customers: readonly (string | null)[],
): Promise<(Binding | UserErrorShape)[]> {
  const claimOf = await lockClaims(tx, commands);
  const named = commands.map((command, at) => ({
    brandId: command.tenant as string,
    claim: claimOf(command),
    customer: customers[at] ?? null,
  }));
  const whole = named.filter(
    (one): one is Binding & { brandId: string } => one.claim !== undefined && one.customer !== null,
  );
  const facts = await readWalletFacts(
    tx,
    whole.map(({ brandId, customer }) => ({ brandId, customerId: customer })),
  );
  const taken = await readEarlier(tx, whole);
  return named.map(({ brandId, claim, customer }) => {
    if (claim === undefined) return userError('NOT_FOUND', ['claimId']);
    if (customer === null) return userError('NOT_FOUND', ['customer']);
    const known = facts.get(pairOf(brandId, customer)) as WalletFacts;
    return judge(tx, { claim, customer }, known, taken);
  });
}

/** Who has been paid a claim on which code. */
async function readEarlier(
  tx: CommandTransaction,
  bindings: readonly Binding[],
): Promise<Set<string>> {
  const rows = await tx.query<{ code_id: string; customer_id: string }>(earlierSql, [
    bindings.map(({ claim }) => claim.code_id),
    bindings.map(({ customer }) => customer),
  ]);
  return new Set(rows.map((row) => `${row.code_id} ${row.customer_id}`));
}

/** Later commands of a batch see what earlier ones take. */
function judge(
  { now }: CommandTransaction,
  { claim, customer }: Binding,
  { confirmed }: WalletFacts,
  taken: Set<string>,
): Binding | UserErrorShape {
  if (claim.state === 'BOUND' || taken.has(claim.id)) {
    return userError('ALREADY_CLAIMED', ['claimId']);
  }
  if (claim.state === 'EXPIRED' || claim.expires_at <= now) {
    return userError('CLAIM_EXPIRED', ['claimId']);
  }
  if (claim.state === 'OPEN') return userError('CLAIM_NOT_ANSWERED', ['claimId']);
  if (!confirmed) return userError('IDENTITY_NOT_CONFIRMED', ['customer']);
  const once = `${claim.code_id} ${customer}`;
  if (taken.has(once)) return userError('ALREADY_CLAIMED', ['customer']);
  taken.add(once).add(claim.id);
  return { claim, customer };
}

/** Records the scans, each paid out of its claim's reserve; answers by claim. */
async function payAll(
  tx: CommandTransaction,
  bindings: readonly Binding[],
): Promise<Map<string, RecordAttentionAnswer>> {
  if (bindings.length === 0) return new Map();
  const messages = await messagesByIds(
    tx,
    bindings.map(({ claim }) => claim.message_id),
    bindings.map(({ claim }) => claim.brand_id),
  );
  const scans = bindings.map(({ claim, customer }, at): Command<RecordAttention> => {
    const message = messages[at] ?? null;
    const alive = message?.expiresAt == null || message.expiresAt > tx.now;
    return {
      kind: recordAttention.kind,
      scope: claim.brand_id,
      tenant: claim.brand_id,
      key: claim.id,
      input: {
        customer: { id: customerId.encode(customer) },
        messageId: message !== null && alive ? messageId.encode(message.uuid) : null,
        action: 'SCAN',
        channel: 'QR',
        price: {
          mu: claim.code_mu,
          reason: `Scanned ${claim.code_name}`,
          once: `SCAN ${qrCodeId.encode(claim.code_id)}`,
          purposeId: claim.id,
        },
      },
    };
  });
  const answers = await recordAttention.execute(tx, scans);
  return new Map(bindings.map(({ claim }, at) => [claim.id, answers[at] as RecordAttentionAnswer]));
}

/** Whether a scan is worth nothing by itself, or was paid. */
function isPaid({ code_mu: mu }: LockedClaim, scan?: RecordAttentionAnswer): boolean {
  return scan?.event !== undefined && (mu === 0 || (scan.grants ?? []).length > 0);
}

function refuseUnpaid({ userErrors }: RecordAttentionAnswer): BindClaimAnswer {
  const refusals = userErrors.map(({ code }) => userError(code, ['claimId']));
  return refused(...(refusals.length > 0 ? refusals : [userError('ALREADY_CLAIMED')]));
}

/** Beside the claim there may be refusals too: why its answer was not paid. */
function bindOne(
  tx: CommandTransaction,
  { claim, customer }: Binding,
  { event, wallet }: RecordAttentionAnswer,
  outcome: ResponseOutcome = { userErrors: [] },
): BindClaimAnswer {
  claim.state = 'BOUND';
  claim.customer_id = customer;
  claim.event_id = event?.['id'] as string;
  claim.bound_at = tx.now;
  claim.mu = claim.code_mu + (outcome.response?.mu ?? 0);
  const payload = {
    claimId: claimId.encode(claim.id),
    customerId: customerId.encode(customer),
    eventId: attentionId.encode(claim.event_id),
    mu: claim.mu,
  };
  tx.announce({ topic: 'claim.bound', brandId: claim.brand_id, customerId: customer, payload });
  return {
    claim: snapshotOf(claim),
    wallet: outcome.wallet ?? wallet,
    userErrors: outcome.userErrors.map(({ code }) => userError(code, ['claimId'])),
  };
}

/** What a reserve has not paid, because the customer had answered before, goes back. */
async function closeReserves(tx: CommandTransaction, bound: readonly LockedClaim[]): Promise<void> {
  if (bound.length === 0) return;
  const posting = await Posting.open(tx, bound.flatMap(accountsOfReserve), []);
  for (const claim of bound) closeReserve(posting, claim, 'An answer that was not paid');
  await posting.flush();
}
