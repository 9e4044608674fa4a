import { ApolloServer } from '@apollo/server';
import { GraphQLObjectType, GraphQLSchema } from 'graphql';
import { GraphQLJSONObject } from 'graphql-scalars';
import { buildSchemaSync, Query, Resolver } from 'type-graphql';
import { packageName, readLockFile } from './lock-file';

@Resolver()
class AnswerResolver {
  @Query(() => GraphQLJSONObject)
  answer(): object {
    return { is: 42 };
  }
}

// Two copies of graphql in one process refuse each other's types; every library must share ours.
describe('graphql', () => {
  it('is installed once', () => {
    const copies = Object.keys(readLockFile()).filter((path) => packageName(path) === 'graphql');

    expect(copies).toEqual(['node_modules/graphql']);
  });

  it('is one and the same for the schema builder, the scalars and the server', async () => {
    const schema = buildSchemaSync({ resolvers: [AnswerResolver], validate: false });
    const server = new ApolloServer({ schema });
    const { body } = await server.executeOperation({ query: '{ answer }' });
    await server.stop();

    expect(schema).toBeInstanceOf(GraphQLSchema);
    expect(schema.getQueryType()).toBeInstanceOf(GraphQLObjectType);
    expect(schema.getType('JSONObject')).toBe(GraphQLJSONObject);
    expect(body).toMatchObject({ singleResult: { data: { answer: { is: 42 } } } });
  });
});
