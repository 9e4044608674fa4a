import { Arg, Ctx, Field, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { callerCommand } from '../../platform/database/caller-command';
import type { UserErrorShape } from '../../platform/errors';
import { Allow } from '../../platform/graphql/access';
import type { Context } from '../../platform/graphql/context';
import { DateTime } from '../../platform/graphql/scalars';
import { UserError } from '../../platform/graphql/user-error';
import {
  recomputeSegmentation,
  type RecomputeSegmentationAnswer,
} from './recompute-segmentation.command';
import { usualTrailingDays } from './segmentation.store';

@InputType({ description: 'What the division is to be about.' })
export class RecomputeSegmentationInput {
  @Field(() => Int, {
    nullable: true,
    defaultValue: usualTrailingDays,
    description: 'How many days back its revenue goes, from 1 to 3,650.',
  })
  trailingDays?: number | null;

  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `recomputeSegmentation` did.' })
export class RecomputeSegmentationPayload {
  @Field(() => DateTime, {
    nullable: true,
    description:
      'As of when the division is that is being made; `Brand.segmentation` has it when it is done.',
  })
  asOf!: Date | string | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class RecomputeSegmentationMutation {
  @Allow({ brand: 'mu:rules' })
  @Mutation(() => RecomputeSegmentationPayload, {
    description:
      'Has the brand’s customers divided into bands now, by every model, rather than at the next turn of ' +
      'the month. One that is just being made is not made twice. Refused with INVALID_VALUE for days ' +
      'out of range.',
  })
  async recomputeSegmentation(
    @Arg('input', () => RecomputeSegmentationInput, { description: 'What it is about.' })
    input: RecomputeSegmentationInput,
    @Ctx() context: Context,
  ): Promise<RecomputeSegmentationPayload> {
    const command = callerCommand(recomputeSegmentation.kind, input, context.caller);
    const { answer, replayed } =
      await context.commands.submit<RecomputeSegmentationAnswer>(command);
    return { asOf: answer.asOf ?? null, replayed, userErrors: answer.userErrors };
  }
}
