import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';
import type { ToyGraph } from './engine';
import { toySdl } from './toy-schemas';

/** The supergraph that every engine of the benchmark gets. */
export function composeToy(urls: Record<string, string>): ToyGraph {
  const ordersUrl = `${urls['orders']}/`;
  const crmUrl = `${urls['crm']}/`;
  const { supergraphSdl, errors } = composeServices([
    // Nobody asks it by HTTP, but some engines want every subgraph to have an address.
    { name: 'rewards', url: 'http://rewards.invalid/', typeDefs: parse(toySdl.rewards) },
    { name: 'orders', url: ordersUrl, typeDefs: parse(toySdl.orders) },
    { name: 'crm', url: crmUrl, typeDefs: parse(toySdl.crm) },
  ]);
  if (supergraphSdl === undefined) throw new Error(JSON.stringify(errors));
  return { supergraphSdl, ordersUrl, crmUrl };
}
