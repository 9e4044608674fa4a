import { Field, ObjectType, Query, Resolver } from 'type-graphql';
import { Allow } from '../platform/graphql/access';

@ObjectType({ simpleResolvers: true, description: 'Something endpoints can be told of.' })
class WebhookTopic {
  @Field(() => String, { description: 'Its name, such as `mu.granted`.' })
  name!: string;

  @Field(() => String, { description: 'When it is told.' })
  description!: string;
}

/** The query `webhookTopics`, which lists what the features of the house announce. */
export function topicQueries(topics: Readonly<Record<string, string>>): new () => object {
  const listed = Object.entries(topics)
    .map(([name, description]): WebhookTopic => ({ name, description }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));

  @Resolver()
  class WebhookTopicQueries {
    @Allow({ brand: 'mu:webhooks' })
    @Query(() => [WebhookTopic], { description: 'What endpoints can be told of, by name.' })
    webhookTopics(): WebhookTopic[] {
      return listed;
    }
  }

  return WebhookTopicQueries;
}
