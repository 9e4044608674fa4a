import { Arg, Ctx, Field, Float, ObjectType, Query, Resolver } from 'type-graphql';
import { accounts, Rehearsal } from '../ledger';
import { brandOf, scopeOf } from '../platform/auth/caller';
import type { CommandTransaction } from '../platform/database/command';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { momentOf } from '../platform/graphql/moment';
import { Mu } from '../platform/graphql/scalars';
import { UserError } from '../platform/graphql/user-error';
import { readRequests } from './attention-request';
import { decide } from './decide';
import { EarnExplanation } from './earn-explanation.type';
import { everyRule, toExplanation } from './explanation';
import { accountsOf } from './payable';
import { pocketsBehind } from './proven-opens';
import { RewardBatch, type Outcome } from './reward-batch';
import { SimulateEarnInput } from './simulate-earn.input';

@ObjectType({
  simpleResolvers: true,
  description: 'What an event would pay if it were recorded now, and why.',
})
export class EarnSimulation {
  @Field(() => Mu, { description: 'All it would pay, `openedMu` and `topUpMu` included.' })
  total!: number;

  @Field(() => Mu, {
    description:
      'What would be paid for earlier opens of the message, which the event would prove.',
  })
  openedMu!: number;

  @Field(() => Mu, {
    description: 'What would be added to later units of a streak, which it would lengthen.',
  })
  topUpMu!: number;

  @Field(() => Float, { description: 'How sure we would be that a person did it, 0 to 1.' })
  confidence!: number;

  @Field(() => Boolean, { description: 'Whether it would repeat something already paid.' })
  duplicate!: boolean;

  @Field(() => [EarnExplanation], {
    description: 'What each rule of the brand says of it, those that pay first.',
  })
  explanations!: EarnExplanation[];

  @Field(() => [UserError], { description: 'Why it could not be recorded; empty when it could.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class SimulateEarnQuery {
  @Allow({ brand: 'mu:read' })
  @Query(() => EarnSimulation, {
    description:
      'A dry run of `recordAttention`: decides by the same code what the event would pay at this moment, ' +
      'and stores nothing. Every rule of the brand says why it pays or not.',
  })
  async simulateEarn(
    @Arg('event', () => SimulateEarnInput, { description: 'The event.' })
    event: SimulateEarnInput,
    @Ctx() context: Context,
  ): Promise<EarnSimulation> {
    const brandId = brandOf(context.caller) as string;
    const tx = await readingTransaction(context);
    const command = { kind: 'recordAttention', scope: scopeOf(context.caller), tenant: brandId };
    const [request] = await readRequests(tx, [{ ...command, key: '', input: event }]);
    if (request === undefined || !('eventId' in request)) return refused(request);
    const refs = [...accountsOf(request), ...(await pocketsBehind(tx, [request]))];
    const till = await Rehearsal.read(tx, brandId, refs);
    const rewards = await RewardBatch.open(tx, [request], till, { lock: false });
    const { outcome, opened } = decide(rewards, request, tx.now);
    const openedMu = opened.reduce((sum, one) => sum + paidBy(one), 0);
    const topUpMu = paidBy(rewards.payRises(new Set(refs.map(accounts.nameOf))));
    return {
      total: openedMu + paidBy(outcome) + topUpMu,
      openedMu,
      topUpMu,
      confidence: request.confidence / 100,
      duplicate: outcome.kind === 'DUPLICATE',
      explanations: everyRule(request, outcome.judged).map(toExplanation),
      userErrors: [],
    };
  }
}

function paidBy({ granted }: Pick<Outcome, 'granted'>): number {
  return granted.reduce((sum, { amount }) => sum + amount, 0);
}

function refused(refusal: UserErrorShape | undefined): EarnSimulation {
  const nothing = {
    total: 0,
    openedMu: 0,
    topUpMu: 0,
    confidence: 0,
    duplicate: false,
    explanations: [],
  };
  return { ...nothing, userErrors: refusal === undefined ? [] : [refusal] };
}

/** What a decision reads from, in the snapshot of the request; it can write nothing. */
async function readingTransaction(context: Context): Promise<CommandTransaction> {
  return {
    now: await momentOf(context),
    limits: context.config.limits,
    query: (text, values) => context.reads.query(text, values),
    announce() {
      throw new Error('a dry run announces nothing');
    },
  };
}
