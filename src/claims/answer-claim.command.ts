import { accounts, Posting, type AccountRef } from '../ledger';
import { grade, readMagnets, takesAnswers, type MagnetAnswer, type MagnetRow } from '../magnets';
import { messagesByIds, type MessageEntity } from '../messages';
import {
  refused,
  type Command,
  type CommandHandler,
  type CommandTransaction,
} from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import { magnetOf } from './claim-answers';
import { lockClaims, snapshotOf, storeClaims, type LockedClaim } from './claim-rows';
import type { ClaimAnswer } from './open-claim.command';

/** Word that what a claim's code asks for was done. */
export interface AnswerClaim {
  claimId: string;
  /** The answer to the magnet of the code, where it has one. */
  answer?: MagnetAnswer | null;
}

interface Request {
  claim: LockedClaim;
  /** The message it pays out of; null when out of the budget. */
  message: MessageEntity | null;
  answer: MagnetAnswer | null;
  /** What is set aside for it. */
  mu: number;
}

/**
 * Sets the Mu of claims aside, each in a reserve of its own, out of the message's reserve or the budget.
 * One answered before is left as it is.
 */
export const answerClaim: CommandHandler<AnswerClaim, ClaimAnswer> = {
  kind: 'answerClaim',
  async execute(tx, commands) {
    const read = await readRequests(tx, commands);
    const open = read.filter((one): one is Request => isOpen(one));
    const posting = await Posting.open(tx, open.flatMap(accountsOf), []);
    const answers = read.map((one) => answerOne(tx, posting, one));
    await storeClaims(
      tx,
      open.map(({ claim }) => claim),
    );
    await posting.flush();
    return answers;
  },
};

async function readRequests(
  tx: CommandTransaction,
  commands: readonly Command<AnswerClaim>[],
): Promise<(Request | UserErrorShape)[]> {
  const claimOf = await lockClaims(tx, commands);
  const claims = commands.map(claimOf);
  const messages = await messagesByIds(
    tx,
    claims.map((claim) => claim?.code_message ?? null),
    commands.map(({ tenant }) => tenant as string),
  );
  const magnets = await readMagnets(
    tx,
    claims.map((claim) => (claim === undefined ? null : magnetOf(claim))),
  );
  return claims.map((claim, at) => {
    if (claim === undefined) return userError('NOT_FOUND', ['claimId']);
    if (claim.state === 'BOUND') return userError('ALREADY_CLAIMED', ['claimId']);
    if (claim.state === 'EXPIRED' || claim.expires_at <= tx.now) {
      return userError('CLAIM_EXPIRED', ['claimId']);
    }
    const message = messages[at] ?? null;
    const answer = commands[at]?.input.answer ?? null;
    if (claim.state === 'PENDING') return { claim, message, answer, mu: claim.mu ?? 0 };
    const mu = worthOf(tx, claim, magnets[at] ?? null, answer);
    return typeof mu === 'number' ? { claim, message, answer, mu } : mu;
  });
}

/** What a claim with this answer pays, or why it pays nothing. */
function worthOf(
  tx: CommandTransaction,
  claim: LockedClaim,
  magnet: MagnetRow | null,
  answer: MagnetAnswer | null,
): number | UserErrorShape {
  if (magnet === null) {
    if (answer === null) return claim.code_mu;
    return userError('INVALID_VALUE', ['answer'], 'The code asks no questions.');
  }
  if (answer === null) {
    return userError('INVALID_VALUE', ['answer'], 'The code asks for an answer to its magnet.');
  }
  const graded = grade(magnet.content, answer, tx.limits);
  if ('code' in graded) return graded;
  if (!takesAnswers(magnet, null, tx.now)) return userError('MAGNET_CLOSED', ['claimId']);
  return claim.code_mu + graded.mu;
}

function isOpen(one: Request | UserErrorShape): one is Request {
  return 'claim' in one && one.claim.state === 'OPEN';
}

/** The pocket a code pays out of: what is set aside for its message, where something is. */
function sourceOf({ claim, message }: Request): AccountRef {
  const offers = message !== null && (message.openMu ?? 0) + (message.actionMuMax ?? 0) > 0;
  if (message === null || message.audience === null || !offers) {
    return accounts.budget(claim.brand_id);
  }
  return accounts.reserve(claim.brand_id, message.uuid);
}

function accountsOf(request: Request): AccountRef[] {
  const { brand_id: brandId, id } = request.claim;
  return [sourceOf(request), accounts.reserve(brandId, id)];
}

function answerOne(
  tx: CommandTransaction,
  posting: Posting,
  one: Request | UserErrorShape,
): ClaimAnswer {
  if (!('claim' in one)) return refused(one);
  const { claim, message, mu } = one;
  if (claim.state === 'PENDING') return { claim: snapshotOf(claim), userErrors: [] };
  const source = sourceOf(one);
  const due = message?.expiresAt != null && message.expiresAt <= tx.now;
  if (due || posting.isClosed(source)) return refused(userError('MESSAGE_EXPIRED', ['claimId']));
  if (!setAside(posting, one, source)) return refused(userError('BUDGET_EXHAUSTED', ['claimId']));
  claim.state = 'PENDING';
  claim.mu = mu;
  claim.answer = one.answer;
  claim.message_id = source.kind === 'RESERVE' ? source.owner : null;
  claim.answered_at = tx.now;
  return { claim: snapshotOf(claim), userErrors: [] };
}

/** Answers whether there was enough; for an answer that is worth nothing there always is. */
function setAside(posting: Posting, { claim, message, mu }: Request, source: AccountRef): boolean {
  if (mu === 0) return true;
  const posted = posting.transfer({
    kind: 'RESERVE',
    debit: source,
    credit: accounts.reserve(claim.brand_id, claim.id),
    amount: mu,
    reason: `Set aside for a claim on ${claim.code_name}`,
    brandId: claim.brand_id,
    messageId: message?.uuid ?? null,
  });
  return typeof posted !== 'string';
}
