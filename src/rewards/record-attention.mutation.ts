import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { AttentionEvent, AttentionEventEntity } from '../attention';
import { EntryEntity, LedgerEntry, toWallet, Wallet } from '../ledger';
import { brandOf, scopeOf } from '../platform/auth/caller';
import type { Answered, Command } from '../platform/database/command';
import { toEntity } from '../platform/database/rows';
import { userError, type UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { Mu } from '../platform/graphql/scalars';
import { UserError } from '../platform/graphql/user-error';
import { checkIdempotencyKey } from '../platform/text';
import type { RecordAttention } from './attention-request';
import { EarnExplanation } from './earn-explanation.type';
import { EarnRule } from './earn-rule.type';
import { toExplanation } from './explanation';
import type { GrantSnapshot, RecordAttentionAnswer } from './record-attention.command';
import { SimulateEarnInput } from './simulate-earn.input';
import { toStreak } from './streaks/streak-snapshot';
import { Streak } from './streaks/streak.type';

@InputType({ description: 'Something a customer did.' })
export class RecordAttentionInput extends SimulateEarnInput {
  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'Mu a customer was given, and why.' })
export class MuGrant {
  @Field(() => Mu, { description: 'How much.' })
  amount!: number;

  @Field(() => String, { description: 'The reason in plain language.' })
  reason!: string;

  @Field(() => EarnRule, { nullable: true, description: 'The rule version that paid, if one did.' })
  rule!: EarnRule | null;

  @Field(() => LedgerEntry, { description: 'The line on the customer’s statement.' })
  entry!: LedgerEntry;

  /** UUID of the rule version. */
  ruleUuid!: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'What recording the event did.' })
export class RecordAttentionPayload {
  @Field(() => AttentionEvent, {
    nullable: true,
    description: 'The stored event; null when refused.',
  })
  event!: AttentionEvent | null;

  @Field(() => [MuGrant], { description: 'What was paid, also for opens this event verified.' })
  grants!: MuGrant[];

  @Field(() => Wallet, {
    nullable: true,
    description: 'The wallet right after; null when refused.',
  })
  wallet!: Wallet | null;

  @Field(() => Streak, { nullable: true, description: 'The streak the event counted for, if any.' })
  streak!: Streak | null;

  @Field(() => [EarnExplanation], {
    description:
      'What each rule for this action said of the event, those that pay first; at most 50. Empty when ' +
      'another feature priced it.',
  })
  explanations!: EarnExplanation[];

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], {
    description: 'Why it was refused; or, beside a stored event, why nothing was paid.',
  })
  userErrors!: UserErrorShape[];
}

@InputType({ description: 'Events to record in one call, each with a key of its own.' })
export class RecordAttentionBatchInput {
  @Field(() => [RecordAttentionInput], { description: 'At most 500 events.' })
  events!: RecordAttentionInput[];
}

@ObjectType({ simpleResolvers: true, description: 'What recording the events did.' })
export class RecordAttentionBatchPayload {
  @Field(() => [RecordAttentionPayload], { description: 'One result an event, in the same order.' })
  results!: RecordAttentionPayload[];

  @Field(() => [UserError], { description: 'Why the whole call was refused; empty otherwise.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class RecordAttentionMutation {
  @Allow({ brand: 'mu:attention' })
  @Mutation(() => RecordAttentionPayload, {
    description:
      'Stores one thing a customer did and pays for it at once, exactly once. An open by a machine is ' +
      'stored with confidence 0; a later verified action on the same message raises it and pays it.',
  })
  async recordAttention(
    @Arg('input', () => RecordAttentionInput, { description: 'The event.' })
    input: RecordAttentionInput,
    @Ctx() context: Context,
  ): Promise<RecordAttentionPayload> {
    return payloadOf(
      await context.commands.submit<RecordAttentionAnswer>(commandOf(context, input)),
    );
  }

  @Allow({ brand: 'mu:attention' })
  @Mutation(() => RecordAttentionBatchPayload, {
    description:
      'Records up to 500 events; one result each, in the same order. One may be refused alone.',
  })
  async recordAttentionBatch(
    @Arg('input', () => RecordAttentionBatchInput, { description: 'The events.' })
    { events }: RecordAttentionBatchInput,
    @Ctx() context: Context,
  ): Promise<RecordAttentionBatchPayload> {
    if (events.length > context.config.limits.listInput) {
      return { results: [], userErrors: [userError('LIMIT_EXCEEDED', ['events'])] };
    }
    // Every command is made before the first is queued, so that a bad key leaves nothing behind.
    const commands = events.map((event) => commandOf(context, event));
    const answers = await context.commands.submitAll<RecordAttentionAnswer>(commands);
    return { results: answers.map(payloadOf), userErrors: [] };
  }
}

function commandOf(
  context: Context,
  { idempotencyKey, ...rest }: RecordAttentionInput,
): Command<RecordAttention> {
  checkIdempotencyKey(idempotencyKey);
  return {
    kind: 'recordAttention',
    scope: scopeOf(context.caller),
    tenant: brandOf(context.caller),
    key: idempotencyKey,
    input: rest,
  };
}

function payloadOf({ answer, replayed }: Answered<RecordAttentionAnswer>): RecordAttentionPayload {
  return {
    event: answer.event ? toEntity(AttentionEventEntity, withoutStoredParts(answer.event)) : null,
    grants: (answer.grants ?? []).map(toGrant),
    wallet: answer.wallet ? toWallet(answer.wallet) : null,
    streak: answer.streak ? toStreak(answer.streak) : null,
    explanations: (answer.explanations ?? []).map(toExplanation),
    replayed,
    userErrors: answer.userErrors,
  };
}

function withoutStoredParts(event: Record<string, unknown>): Record<string, unknown> {
  return { ...event, properties: undefined };
}

/** A grant of a stored answer, as the graph shows it. */
export function toGrant(snapshot: GrantSnapshot): MuGrant {
  return Object.assign(new MuGrant(), {
    amount: snapshot.amount,
    reason: snapshot.reason,
    ruleUuid: snapshot.ruleId,
    entry: toEntity(EntryEntity, snapshot.entry),
  });
}
