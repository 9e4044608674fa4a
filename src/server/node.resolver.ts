import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import type { Feature } from '../platform/feature';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { Node } from '../platform/graphql/node';
import { idKind, prefixOf } from '../platform/ids';

type NodeLoader = Feature['nodes'][string];

/**
 * The query `node`, which finds anything by its global id: the prefix tells whose it is, and the
 * feature's own loader decides who may see it. Built last, from all features' loaders.
 */
export function nodeFeature(features: readonly Feature[]): Feature {
  const loaders = loadersByPrefix(features);

  @Resolver()
  class NodeQuery {
    @Allow({ brand: 'mu:read', customer: true, platform: true })
    @Query(() => Node, {
      nullable: true,
      description: 'Anything with a global id; null when unknown to the caller.',
    })
    async node(
      @Arg('id', () => ID, { description: 'The global id.' }) id: string,
      @Ctx() context: Context,
    ): Promise<object | null> {
      const prefix = prefixOf(id);
      const load = prefix === null ? undefined : loaders.get(prefix);
      const uuid = prefix === null ? null : idKind(prefix).decode(id);
      return load === undefined || uuid === null ? null : load(uuid, context);
    }
  }

  return {
    name: 'node',
    entities: [],
    resolvers: [NodeQuery],
    commands: [],
    references: {},
    nodes: {},
    jobs: [],
  };
}

function loadersByPrefix(features: readonly Feature[]): ReadonlyMap<string, NodeLoader> {
  const loaders = new Map<string, NodeLoader>();
  for (const { name, nodes } of features) {
    for (const [prefix, load] of Object.entries(nodes)) {
      if (loaders.has(prefix)) throw new Error(`${name} uses the id prefix ${prefix} again`);
      loaders.set(prefix, load);
    }
  }
  return loaders;
}
