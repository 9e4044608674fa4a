import { Arg, Args, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { Brand, brandLoader } from '../brands';
import { Customer, customerLoader, type CustomerEntity } from '../customers';
import { Message, messageLoader, type MessageEntity } from '../messages';
import { Allow } from '../platform/graphql/access';
import { PageArgs, type Connection } from '../platform/graphql/connection';
import type { Context } from '../platform/graphql/context';
import { type MagnetEntity } from './magnet.entity';
import { magnetId } from './magnet.id';
import {
  countsLoader,
  magnetLoader,
  magnetsOfMessageLoader,
  readMagnetPage,
  seesAnswers,
} from './magnet.loader';
import type { MagnetResponseEntity } from './magnet-response.entity';
import { magnetResponseLoader, readPreferences, readResponses } from './magnet-response.loader';
import { ConsentReceipt, MagnetResponse, MagnetResponseConnection } from './magnet-response.type';
import {
  FeedbackMagnet,
  Magnet,
  MagnetConnection,
  OptionCount,
  PollMagnet,
  PredictionMagnet,
  QuizMagnet,
  QuizQuestion,
  ScoreCount,
} from './magnet.type';

@Resolver()
export class MagnetQueries {
  @Allow({ brand: 'mu:read', customer: true, platform: true })
  @Query(() => Magnet, {
    nullable: true,
    description: 'One magnet; null when unknown to the caller.',
  })
  async magnet(
    @Arg('id', () => ID, { description: 'Id of the magnet.' }) id: string,
    @Ctx() context: Context,
  ): Promise<MagnetEntity | null> {
    const uuid = magnetId.decode(id);
    return uuid === null ? null : magnetLoader(context).load(uuid);
  }

  @Allow({ brand: 'mu:read', customer: true })
  @Query(() => MagnetConnection, {
    description:
      'The magnets of the caller’s brand, the newest first; for a customer, of the brand that ' +
      'signed them in.',
  })
  magnets(
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() context: Context,
  ): Promise<Connection<MagnetEntity>> {
    return readMagnetPage(context, args);
  }
}

@Resolver(() => Magnet)
export class LinksOfMagnet {
  @FieldResolver(() => Brand, { nullable: true, description: 'The brand that asks.' })
  brand(@Root() magnet: MagnetEntity, @Ctx() context: Context): Promise<Brand | null> {
    return brandLoader(context).load(magnet.brandUuid);
  }

  @FieldResolver(() => Message, {
    nullable: true,
    description: 'The message it is in, whose offer pays.',
  })
  async message(
    @Root() magnet: MagnetEntity,
    @Ctx() context: Context,
  ): Promise<MessageEntity | null> {
    const { messageUuid } = magnet;
    return messageUuid === null ? null : messageLoader(context).load(messageUuid);
  }

  @FieldResolver(() => MagnetResponseConnection, {
    description: 'What was answered, newest first; a customer sees their own.',
  })
  responses(
    @Root() magnet: MagnetEntity,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() context: Context,
  ): Promise<Connection<MagnetResponseEntity>> {
    return readResponses(context, magnet.uuid, args);
  }
}

@Resolver(() => QuizMagnet)
export class QuestionsOfQuiz {
  @FieldResolver(() => [QuizQuestion], {
    description: 'The questions; what is right is shown to a customer once they have answered.',
  })
  async questions(@Root() magnet: MagnetEntity, @Ctx() context: Context): Promise<QuizQuestion[]> {
    const { content } = magnet;
    if (content.kind !== 'QUIZ') return [];
    const sees = await seesAnswers(context, magnet);
    return content.questions.map((one) => ({ ...one, right: sees ? one.right : null }));
  }
}

async function optionCounts(context: Context, magnet: MagnetEntity): Promise<OptionCount[] | null> {
  const { content } = magnet;
  if (content.kind !== 'POLL' && content.kind !== 'PREDICTION') return null;
  if (!(await seesAnswers(context, magnet))) return null;
  const counts = await countsLoader(context).load(magnet.uuid);
  return content.options.map((text, option) => {
    const count = counts.find(({ choice }) => choice === option);
    return { option, text, responses: count?.responses ?? 0, stakeMu: count?.stake ?? 0 };
  });
}

@Resolver(() => PollMagnet)
export class ResultsOfPoll {
  @FieldResolver(() => [OptionCount], {
    nullable: true,
    description: 'How many chose each option; null for a customer who has not answered.',
  })
  results(@Root() magnet: MagnetEntity, @Ctx() context: Context): Promise<OptionCount[] | null> {
    return optionCounts(context, magnet);
  }
}

@Resolver(() => PredictionMagnet)
export class ResultsOfPrediction {
  @FieldResolver(() => [OptionCount], {
    nullable: true,
    description: 'How many chose each option; null for a customer who has not answered.',
  })
  results(@Root() magnet: MagnetEntity, @Ctx() context: Context): Promise<OptionCount[] | null> {
    return optionCounts(context, magnet);
  }
}

@Resolver(() => FeedbackMagnet)
export class ScoresOfFeedback {
  @FieldResolver(() => [ScoreCount], {
    nullable: true,
    description: 'How many gave each score, the lowest first; null for customers.',
  })
  async scores(
    @Root() magnet: MagnetEntity,
    @Ctx() context: Context,
  ): Promise<ScoreCount[] | null> {
    if (context.caller.kind === 'customer') return null;
    const counts = await countsLoader(context).load(magnet.uuid);
    return counts.map(({ choice, responses }) => ({ score: choice, responses }));
  }
}

/** The answers, read anew where the response comes from a stored answer; null once withdrawn. */
async function answersOf(context: Context, response: MagnetResponseEntity) {
  if (response.answers !== undefined) return response.answers;
  const stored = await magnetResponseLoader(context).load(response.uuid);
  return stored?.answers ?? null;
}

@Resolver(() => MagnetResponse)
export class LinksOfMagnetResponse {
  @FieldResolver(() => Magnet, { nullable: true, description: 'What was answered.' })
  magnet(
    @Root() response: MagnetResponseEntity,
    @Ctx() context: Context,
  ): Promise<MagnetEntity | null> {
    return magnetLoader(context).load(response.magnetUuid);
  }

  @FieldResolver(() => Customer, { nullable: true, description: 'Who answered.' })
  customer(
    @Root() response: MagnetResponseEntity,
    @Ctx() context: Context,
  ): Promise<CustomerEntity | null> {
    return customerLoader(context).load(response.customerUuid);
  }

  @FieldResolver(() => Brand, { nullable: true, description: 'The brand that was answered.' })
  brand(@Root() response: MagnetResponseEntity, @Ctx() context: Context): Promise<Brand | null> {
    return brandLoader(context).load(response.brandUuid);
  }

  @FieldResolver(() => [Int], {
    description: 'Places of the options chosen, from 0; empty for a text, and once withdrawn.',
  })
  async choices(
    @Root() response: MagnetResponseEntity,
    @Ctx() context: Context,
  ): Promise<number[]> {
    return (await answersOf(context, response))?.choices ?? [];
  }

  @FieldResolver(() => Int, { nullable: true, description: 'The score of feedback.' })
  async score(
    @Root() response: MagnetResponseEntity,
    @Ctx() context: Context,
  ): Promise<number | null> {
    return (await answersOf(context, response))?.score ?? null;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'The customer’s own words; null once withdrawn.',
  })
  async text(
    @Root() response: MagnetResponseEntity,
    @Ctx() context: Context,
  ): Promise<string | null> {
    return (await answersOf(context, response))?.text ?? null;
  }

  @FieldResolver(() => ConsentReceipt, {
    nullable: true,
    description: 'What the customer agreed to; null but for questions about themselves.',
  })
  async consent(
    @Root() response: MagnetResponseEntity,
    @Ctx() context: Context,
  ): Promise<ConsentReceipt | null> {
    if (response.consentVersion === null) return null;
    const magnet = await magnetLoader(context).load(response.magnetUuid);
    if (magnet?.content.kind !== 'PREFERENCE') return null;
    const { purpose, consentText: text, consentVersion: version } = magnet.content;
    return { purpose, text, version, givenAt: response.answeredAt };
  }
}

@Resolver(() => Customer)
export class PreferencesOnCustomer {
  @FieldResolver(() => MagnetResponseConnection, {
    description:
      'What the customer told about themselves for Mu, newest first: a brand sees what it was told ' +
      'and may still know, the customer all of it.',
  })
  preferences(
    @Root() customer: CustomerEntity,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() context: Context,
  ): Promise<Connection<MagnetResponseEntity>> {
    return readPreferences(context, customer.uuid, args);
  }
}

@Resolver(() => Message)
export class MagnetsOnMessage {
  @FieldResolver(() => [Magnet], { description: 'The magnets it has, oldest first.' })
  magnets(@Root() message: MessageEntity, @Ctx() context: Context): Promise<MagnetEntity[]> {
    return magnetsOfMessageLoader(context).load(message.uuid);
  }
}
