import {
  Arg,
  Ctx,
  Field,
  Float,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Resolver,
} from 'type-graphql';
import { CustomerBy } from '../customers';
import { callerCommand } from '../platform/database/caller-command';
import { userError, type UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { DateTime } from '../platform/graphql/scalars';
import { UserError } from '../platform/graphql/user-error';
import { ingestScores, type IngestScoresAnswer } from './ingest-scores.command';
import { ScoreKind, type ScoreKindName } from './score-kind';

@InputType({ description: "What a model of the brand's own says of one customer." })
export class ScoreInput {
  @Field(() => CustomerBy, { description: 'Whom it is about.' })
  customer!: CustomerBy;

  @Field(() => ScoreKind, { description: 'What it is about.' })
  kind!: ScoreKindName;

  @Field(() => Float, {
    nullable: true,
    description:
      'How much; the kind says in what, and how large it may be. Null takes back what was said of the kind; ' +
      'to leave it out is refused.',
  })
  value?: number | null;
}

@InputType({ description: "What a model of the brand's own says of customers." })
export class IngestScoresInput {
  @Field(() => String, { description: 'The model, as the brand calls it.' })
  scorer!: string;

  @Field(() => String, { description: 'Its version, as the brand calls it.' })
  version!: string;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When it said so; now when left out. What is older than what is kept is not kept.',
  })
  scoredAt?: Date | null;

  @Field(() => [ScoreInput], { description: 'At most 500 scores.' })
  scores!: ScoreInput[];

  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `ingestScores` did.' })
export class IngestScoresPayload {
  @Field(() => Int, { description: 'How many scores were kept or taken back.' })
  recorded!: number;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], {
    description: 'Why it was refused, or which scores were; the others were recorded.',
  })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class IngestScoresMutation {
  @Allow({ brand: 'mu:customers' })
  @Mutation(() => IngestScoresPayload, {
    description:
      "Takes in what the brand's own models say of customers, up to 500 scores, with the model's name and " +
      'version. A CLV wins over what is reckoned here, until it is taken back with the value null.',
  })
  async ingestScores(
    @Arg('input', () => IngestScoresInput, { description: 'Who says what of whom.' })
    { scoredAt, ...rest }: IngestScoresInput,
    @Ctx() context: Context,
  ): Promise<IngestScoresPayload> {
    if (rest.scores.length > context.config.limits.listInput) {
      const userErrors = [userError('LIMIT_EXCEEDED', ['scores'])];
      return { recorded: 0, replayed: false, userErrors };
    }
    const asSent = { ...rest, ...(scoredAt && { scoredAt: scoredAt.toISOString() }) };
    const command = callerCommand(ingestScores.kind, asSent, context.caller);
    const { answer, replayed } = await context.commands.submit<IngestScoresAnswer>(command);
    await refreshReads(context);
    return { recorded: answer.recorded ?? 0, replayed, userErrors: answer.userErrors };
  }
}
