import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { callerCommand } from '../platform/database/caller-command';
import type { Answered } from '../platform/database/command';
import { toEntity } from '../platform/database/rows';
import { userError, type UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { UserError } from '../platform/graphql/user-error';
import {
  MarketingRoute,
  SpendPurpose,
  type MarketingRouteName,
  type SpendPurposeName,
} from './marketing';
import { recordSpend, type SpendAnswer } from './record-spend.command';
import { SpendEntity } from './spend.entity';
import { Spend } from './spend.type';

@InputType({ description: 'Money a brand spent on marketing.' })
export class RecordSpendInput {
  @Field(() => SpendPurpose, { description: 'What it was spent for.' })
  purpose!: SpendPurposeName;

  @Field(() => MarketingRoute, { description: 'By what way it went.' })
  route!: MarketingRouteName;

  @Field(() => String, {
    nullable: true,
    description: 'The campaign; acquisitions of it that name no cost share what it cost.',
  })
  campaign?: string | null;

  @Field(() => String, { description: 'The first local day it was spent in, as 2026-11-21.' })
  firstDay!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The last local day, at most 365 later; the first one if left out.',
  })
  lastDay?: string | null;

  @Field(() => String, { description: 'How much, as a decimal such as "6300.00".' })
  amount!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The currency by its ISO 4217 code; the brand’s if left out.',
  })
  currency?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: 'The amount was given back, or recorded by mistake: it is taken off.',
  })
  credit?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description: 'Its id in the brand’s own systems; recorded once.',
  })
  externalId?: string | null;

  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `recordSpend` did.' })
export class RecordSpendPayload {
  @Field(() => Spend, { nullable: true, description: 'The spend; null when refused.' })
  spend!: Spend | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@InputType({ description: 'Several records of spend, each with its own key.' })
export class RecordSpendBatchInput {
  @Field(() => [RecordSpendInput], { description: 'At most 500.' })
  spend!: RecordSpendInput[];
}

@ObjectType({ simpleResolvers: true, description: 'What `recordSpendBatch` did.' })
export class RecordSpendBatchPayload {
  @Field(() => [RecordSpendPayload], { description: 'One for each record, in order.' })
  results!: RecordSpendPayload[];

  @Field(() => [UserError], { description: 'Why the whole batch was refused; empty otherwise.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class RecordSpendMutation {
  @Allow({ brand: 'mu:ledger' })
  @Mutation(() => RecordSpendPayload, {
    description:
      'Records what a brand spent on marketing, for a purpose and by a route, over some days. An external ' +
      'id the brand has used is refused with ALREADY_EXISTS.',
  })
  async recordSpend(
    @Arg('input', () => RecordSpendInput, { description: 'The spend.' }) input: RecordSpendInput,
    @Ctx() context: Context,
  ): Promise<RecordSpendPayload> {
    const command = callerCommand(recordSpend.kind, input, context.caller);
    const answered = await context.commands.submit<SpendAnswer>(command);
    await refreshReads(context);
    return payloadOf(answered);
  }

  @Allow({ brand: 'mu:ledger' })
  @Mutation(() => RecordSpendBatchPayload, {
    description:
      'Records up to 500 spends; one result each, in the same order. One may be refused alone.',
  })
  async recordSpendBatch(
    @Arg('input', () => RecordSpendBatchInput, { description: 'The records.' })
    { spend }: RecordSpendBatchInput,
    @Ctx() context: Context,
  ): Promise<RecordSpendBatchPayload> {
    if (spend.length > context.config.limits.listInput) {
      return { results: [], userErrors: [userError('LIMIT_EXCEEDED', ['spend'])] };
    }
    const commands = spend.map((one) => callerCommand(recordSpend.kind, one, context.caller));
    const answers = await context.commands.submitAll<SpendAnswer>(commands);
    await refreshReads(context);
    return { results: answers.map(payloadOf), userErrors: [] };
  }
}

function payloadOf({ answer, replayed }: Answered<SpendAnswer>): RecordSpendPayload {
  return {
    spend: answer.spend ? toEntity(SpendEntity, { ...answer.spend }) : null,
    replayed,
    userErrors: answer.userErrors,
  };
}
