import type { GraphQLSchema } from 'graphql';
import type { Supergraph } from '../supergraph';
import { dressed } from './api-schema';
import { composeGraph, type SupergraphParts } from './compose-graph';
import { fieldsOf } from './joins';
import { atOnce } from '../pieces';

/** Our own part of every supergraph. */
export interface OwnGraph {
  sdl: string;
  publicSchema: GraphQLSchema;
}

/** A supergraph and what may not be meant about it, or what is in the way of it; a line for each thing. */
export type Built =
  | { supergraph: Supergraph; hints: string[]; problems?: undefined }
  | { supergraph?: undefined; hints?: undefined; problems: string[] };

/** Makes a supergraph, and everything that clients see of it, while everybody else waits. */
export function buildSupergraph(parts: SupergraphParts, own: OwnGraph): Built {
  const composed = composeGraph(parts, { sdl: own.sdl, fields: fieldsOf(own.publicSchema) });
  if ('problems' in composed) return composed;
  const { sdl, partners, hints, marks, graph } = composed;
  const dress = (schema: GraphQLSchema) => atOnce(dressed(schema, marks, own.publicSchema));
  const contracts = new Map<string, GraphQLSchema>();
  for (const [name, { schema }] of composed.contracts) contracts.set(name, dress(schema));
  const { policies } = parts.config;
  return { supergraph: { sdl, schema: dress(graph.schema), contracts, partners, policies }, hints };
}
