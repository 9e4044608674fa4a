import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { callerCommand } from '../platform/database/caller-command';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { UserError } from '../platform/graphql/user-error';
import { CustomerCondition } from './filter/customer-condition.input';
import { segmentOfAnswerLoader } from './segment.loader';
import { Segment } from './segment.type';
import { upsertSegment, type SegmentAnswer } from './upsert-segment.command';

@InputType({ description: 'A segment as it shall be; the one of that name is changed.' })
export class UpsertSegmentInput {
  @Field(() => String, { description: 'Its name, in at most 200 bytes.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'What it is for.' })
  description?: string | null;

  @Field(() => CustomerCondition, { description: 'What its members meet.' })
  condition!: CustomerCondition;

  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `upsertSegment` did.' })
export class UpsertSegmentPayload {
  @Field(() => Segment, { nullable: true, description: 'The segment; null when refused.' })
  segment!: Segment | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class UpsertSegmentMutation {
  @Allow({ brand: 'mu:rules' })
  @Mutation(() => UpsertSegmentPayload, {
    description:
      'Saves a condition as a segment. Its members are found within seconds and kept up to date from ' +
      'then on; `segment.changed` tells of everybody who enters or leaves afterwards. Refused with ' +
      'INVALID_VALUE for a condition that cannot be asked, with LIMIT_EXCEEDED for one that is too ' +
      'large and for one segment too many.',
  })
  async upsertSegment(
    @Arg('input', () => UpsertSegmentInput, { description: 'The segment.' })
    input: UpsertSegmentInput,
    @Ctx() context: Context,
  ): Promise<UpsertSegmentPayload> {
    const command = callerCommand(upsertSegment.kind, input, context.caller);
    const { answer, replayed } = await context.commands.submit<SegmentAnswer>(command);
    await refreshReads(context);
    const { segment, userErrors } = answer;
    return {
      segment: segment === undefined ? null : await segmentOfAnswerLoader(context).load(segment),
      replayed,
      userErrors,
    };
  }
}
