import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { CustomerBy } from '../customers';
import { callerCommand } from '../platform/database/caller-command';
import type { Answered } from '../platform/database/command';
import { toEntity } from '../platform/database/rows';
import { userError, type UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { DateTime } from '../platform/graphql/scalars';
import { UserError } from '../platform/graphql/user-error';
import { AcquisitionEntity } from './acquisition.entity';
import { Acquisition } from './acquisition.type';
import { MarketingRoute, type MarketingRouteName } from './marketing';
import { recordAcquisition, type AcquisitionAnswer } from './record-acquisition.command';

@InputType({ description: 'Somebody who came to a brand, and how.' })
export class RecordAcquisitionInput {
  @Field(() => [CustomerBy], {
    description:
      'What they gave of themselves, at most 10: keys of customers the brand has identified. Any that is ' +
      'of somebody who was a customer before tells that they are back.',
  })
  identities!: CustomerBy[];

  @Field(() => MarketingRoute, { description: 'By what way they came.' })
  route!: MarketingRouteName;

  @Field(() => String, { nullable: true, description: 'The campaign, as the brand calls it.' })
  campaign?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'What they cost, as a decimal such as "100.00"; if left out they share what the campaign cost.',
  })
  cost?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The currency of the cost by its ISO 4217 code; the brand’s if left out.',
  })
  currency?: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When they came; now if left out.' })
  acquiredAt?: Date | null;

  @Field(() => String, {
    nullable: true,
    description: 'Its id in the brand’s own systems, such as that of the click; recorded once.',
  })
  externalId?: string | null;

  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `recordAcquisition` did.' })
export class RecordAcquisitionPayload {
  @Field(() => Acquisition, { nullable: true, description: 'The acquisition; null when refused.' })
  acquisition!: Acquisition | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@InputType({ description: 'Several acquisitions, each with its own key.' })
export class RecordAcquisitionBatchInput {
  @Field(() => [RecordAcquisitionInput], { description: 'At most 500.' })
  acquisitions!: RecordAcquisitionInput[];
}

@ObjectType({ simpleResolvers: true, description: 'What `recordAcquisitionBatch` did.' })
export class RecordAcquisitionBatchPayload {
  @Field(() => [RecordAcquisitionPayload], { description: 'One for each, in order.' })
  results!: RecordAcquisitionPayload[];

  @Field(() => [UserError], { description: 'Why the whole batch was refused; empty otherwise.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class RecordAcquisitionMutation {
  @Allow({ brand: 'mu:customers' })
  @Mutation(() => RecordAcquisitionPayload, {
    description:
      'Records that somebody came. One who was paid for and was a customer before, silent for more than 60 ' +
      'days, is a reacquisition, announced as `reacquisition.detected`; another paid one is watched and ' +
      'judged after the brand’s survival days (90). Refused with NOT_FOUND when the brand knows none of the ' +
      'identities: identify them first.',
  })
  async recordAcquisition(
    @Arg('input', () => RecordAcquisitionInput, { description: 'Who came, and how.' })
    input: RecordAcquisitionInput,
    @Ctx() context: Context,
  ): Promise<RecordAcquisitionPayload> {
    const command = callerCommand(recordAcquisition.kind, input, context.caller);
    const answered = await context.commands.submit<AcquisitionAnswer>(command);
    await refreshReads(context);
    return payloadOf(answered, input);
  }

  @Allow({ brand: 'mu:customers' })
  @Mutation(() => RecordAcquisitionBatchPayload, {
    description:
      'Records up to 500 acquisitions; one result each, in the same order. One may be refused alone.',
  })
  async recordAcquisitionBatch(
    @Arg('input', () => RecordAcquisitionBatchInput, { description: 'The acquisitions.' })
    { acquisitions }: RecordAcquisitionBatchInput,
    @Ctx() context: Context,
  ): Promise<RecordAcquisitionBatchPayload> {
    if (acquisitions.length > context.config.limits.listInput) {
      return { results: [], userErrors: [userError('LIMIT_EXCEEDED', ['acquisitions'])] };
    }
    const commands = acquisitions.map((one) =>
      callerCommand(recordAcquisition.kind, one, context.caller),
    );
    const answers = await context.commands.submitAll<AcquisitionAnswer>(commands);
    await refreshReads(context);
    const results = answers.map((one, at) => payloadOf(one, acquisitions[at]));
    return { results, userErrors: [] };
  }
}

function payloadOf(
  { answer, replayed }: Answered<AcquisitionAnswer>,
  input: RecordAcquisitionInput | undefined,
): RecordAcquisitionPayload {
  const said = { ...answer.acquisition, external_id: input?.externalId?.trim() ?? null };
  return {
    acquisition: answer.acquisition ? toEntity(AcquisitionEntity, said) : null,
    replayed,
    userErrors: answer.userErrors,
  };
}
