import {
  createPartner,
  createSupergraphGraph,
  guardGraph,
  preparePlanning,
  readRights,
  type Graph,
  type Partner,
  type PartnerSettings,
  type PlannedGraph,
  type Subgraph,
  type Supergraph,
} from '../../gateway';
import type { GatewayMetrics } from '../gateway-metrics';
import { createView, type View, type ViewParts } from '../view';
import { ownGraph } from './own-graph';
import { ownSubgraph } from './own-subgraph';

/** One state of what clients are served. */
export interface Generation {
  view: View;
  contracts: ReadonlyMap<string, View>;
  /** By their settings, so that one whose settings stay is kept. */
  partners: ReadonlyMap<string, Partner>;
  /** What remembers plans: the graph, and that of each contract. */
  planned: readonly PlannedGraph[];
}

export interface GenerationParts extends ViewParts {
  gateway: GatewayMetrics;
}

/**
 * Makes a supergraph ready to be served. Of the partners known already, one whose settings stay keeps
 * its connections and its breaker.
 */
export async function generationOf(
  supergraph: Supergraph,
  known: Generation['partners'],
  parts: GenerationParts,
): Promise<Generation> {
  const { publicSchema, config } = parts.service;
  const partners = partnersOf(supergraph.partners, known, parts);
  const planned: PlannedGraph[] = [];
  if (partners.size > 0 || supergraph.contracts.size > 0) await preparePlanning(supergraph);
  const rights = readRights(supergraph.sdl, supergraph.policies);
  const subgraphs = subgraphsOf(partners, parts);
  const join = (schema: Supergraph['schema']): Graph => {
    const graph = joined({ ...supergraph, schema }, subgraphs, parts);
    planned.push(graph);
    return guardGraph(graph, rights);
  };
  const graph =
    partners.size === 0 ? ownGraph(publicSchema, config.limits) : join(supergraph.schema);
  const contracts = new Map<string, View>();
  for (const [name, schema] of supergraph.contracts) {
    contracts.set(name, await createView(join(schema), parts));
  }
  return { view: await createView(graph, parts), contracts, partners, planned };
}

function partnersOf(
  settings: readonly PartnerSettings[],
  known: Generation['partners'],
  parts: GenerationParts,
): Map<string, Partner> {
  const { config, log } = parts.service;
  const { partners: report } = parts.gateway;
  return new Map(
    settings.map((one) => {
      const key = JSON.stringify(one);
      const { limits } = config;
      return [key, known.get(key) ?? createPartner(one, { limits, log, report })];
    }),
  );
}

/** Ours and the partners', by name; one for the graph and all its contracts, which share what is compiled. */
function subgraphsOf(
  partners: Generation['partners'],
  { service }: GenerationParts,
): ReadonlyMap<string, Subgraph> {
  const own = ownSubgraph(service.subgraphSchema, service.config.limits);
  return new Map<string, Subgraph>([own, ...partners.values()].map((one) => [one.name, one]));
}

function joined(
  supergraph: Supergraph,
  subgraphs: ReadonlyMap<string, Subgraph>,
  { service, gateway: report }: GenerationParts,
): PlannedGraph {
  const { limits } = service.config;
  return createSupergraphGraph({ supergraph, subgraphs, limits, report });
}
