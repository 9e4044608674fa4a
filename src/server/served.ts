import type { Context } from '../platform/graphql/context';

/** The two doors: clients use `graphql`, routers `subgraph`. */
export type Endpoint = 'graphql' | 'subgraph';

/** A resolver's context with what the server itself must know of the request. */
export interface Served extends Context {
  served: {
    endpoint: Endpoint;
    /** Where the request came from, for callers without a key. */
    address: string;
    /** Whether the request carries `x-cost`, which asks for `extensions.cost` in the answer. */
    showsCost: boolean;
    /** Whether it carries `x-query-plan` in development, which asks for `extensions.queryPlan`. */
    showsPlan: boolean;
  };
}
