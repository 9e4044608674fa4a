import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { callerCommand } from '../platform/database/caller-command';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { UserError } from '../platform/graphql/user-error';
import { deleteSegment } from './delete-segment.command';
import { segmentOfAnswerLoader } from './segment.loader';
import { Segment } from './segment.type';
import type { SegmentAnswer } from './upsert-segment.command';

@InputType({ description: 'Which segment goes.' })
export class DeleteSegmentInput {
  @Field(() => ID, { description: 'Id of the segment.' })
  id!: string;

  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `deleteSegment` did.' })
export class DeleteSegmentPayload {
  @Field(() => Segment, {
    nullable: true,
    description: 'The segment as it was; null when refused.',
  })
  segment!: Segment | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class DeleteSegmentMutation {
  @Allow({ brand: 'mu:rules' })
  @Mutation(() => DeleteSegmentPayload, {
    description:
      'Deletes a segment. Rules that pay it by its name pay nobody by it any more, and its name is free. ' +
      'Nobody is told that its members have left.',
  })
  async deleteSegment(
    @Arg('input', () => DeleteSegmentInput, { description: 'Which one.' })
    input: DeleteSegmentInput,
    @Ctx() context: Context,
  ): Promise<DeleteSegmentPayload> {
    const command = callerCommand(deleteSegment.kind, input, context.caller);
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
