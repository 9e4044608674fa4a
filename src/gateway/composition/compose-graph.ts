import { transformSupergraphToPublicSchema } from '@theguild/federation-composition';
import { QueryPlanner } from '@graphql-hive/router-query-planner';
import { parse } from 'graphql';
import { ownSubgraph, type PartnerSettings } from '../supergraph';
import { composeSubgraphs, describeProblem } from './compose';
import { movedTo, type SupergraphConfig } from './config';
import { contractOf } from './contracts';
import { hintsOf } from './hints';
import { claimedFields, Joins } from './joins';
import { marksOf, publicGraphOf, type FieldMarks, type PublicGraph } from './public-graph';

/** What a supergraph is made of. */
export interface SupergraphParts {
  config: SupergraphConfig;
  /** The SDL of each partner of the configuration, by its name. */
  sdls: ReadonlyMap<string, string>;
  /** A supergraph composed elsewhere, which then says itself who its subgraphs are. */
  ready?: string;
}

/** Our own part of a supergraph, as text. */
export interface OwnTexts {
  sdl: string;
  /** The coordinates of what our public schema has. */
  fields: ReadonlySet<string>;
}

/** A supergraph, what clients see of it, and what may not be meant about it. */
export interface Composed {
  sdl: string;
  partners: PartnerSettings[];
  hints: string[];
  marks: FieldMarks;
  graph: PublicGraph;
  contracts: ReadonlyMap<string, PublicGraph>;
}

/** What is in the way of a supergraph, a line for each thing. */
export interface Refused {
  problems: string[];
}

/** Composes a supergraph and finds out whether it can be planned and published. */
export function composeGraph(parts: SupergraphParts, own: OwnTexts): Composed | Refused {
  const composed = parts.ready === undefined ? compose(parts, own) : check(parts.ready, parts, own);
  if ('problems' in composed) return composed;
  const { sdl, partners } = composed;
  const document = parse(sdl, { noLocation: true });
  const problems: string[] = [];
  const attempt = <Value>(what: string, make: () => Value): Value | null => {
    try {
      return make();
    } catch (error) {
      problems.push(`${what}: ${(error as Error).message.replace(/\s*\n\s*/g, ' ')}`);
      return null;
    }
  };
  const graph = attempt('the supergraph is no schema', () =>
    publicGraphOf(document, transformSupergraphToPublicSchema),
  );
  attempt('the supergraph cannot be planned', () => new QueryPlanner(sdl));
  const contracts = new Map<string, PublicGraph>();
  for (const [name, filter] of parts.config.contracts) {
    const contract = attempt(`contract ${name}`, () => contractOf(document, filter));
    if (contract !== null) contracts.set(name, contract);
  }
  if (graph === null || problems.length > 0) return { problems };
  const hints = hintsOf(sdl, parts.config, partners);
  return { sdl, partners, hints, marks: marksOf(document), graph, contracts };
}

type Sdl = { sdl: string; partners: PartnerSettings[] } | { problems: string[] };

function compose({ config, sdls }: SupergraphParts, own: OwnTexts): Sdl {
  const problems: string[] = [];
  const sources = config.partners.map(({ settings: { name, url } }) => {
    const sdl = sdls.get(name);
    if (url === '') problems.push(`${name}: routing_url is missing`);
    if (sdl === undefined) problems.push(`${name}: schema is missing`);
    return { name, url, sdl: sdl ?? '' };
  });
  if (problems.length > 0) return { problems };
  const { sdl, problems: found } = composeSubgraphs(own.sdl, sources);
  if (sdl === undefined) return { problems: found.map(describeProblem) };
  return { sdl, partners: config.partners.map(({ settings }) => settings) };
}

/** A supergraph from elsewhere must be one, and must not promise fields of ours that are not there. */
function check(sdl: string, { config }: SupergraphParts, { fields }: OwnTexts): Sdl {
  let joins: Joins;
  let foreign: string[];
  try {
    const document = parse(sdl, { noLocation: true });
    joins = new Joins(document);
    foreign = claimedFields(document, joins).filter((field) => !fields.has(field));
  } catch (error) {
    return { problems: [`the supergraph is no SDL: ${(error as Error).message}`] };
  }
  const graphs = [...joins.graphs.values()];
  const names = graphs.map(({ name }) => name);
  if (!names.includes(ownSubgraph)) {
    return { problems: [`the supergraph has no subgraph ${ownSubgraph}`] };
  }
  const others = graphs.filter(({ name }) => name !== ownSubgraph);
  const problems = [
    ...foreign.map((field) => `the supergraph has ${field} of ${ownSubgraph}, which is not there`),
    ...others
      .filter(({ url }) => !/^https?:\/\//.test(url))
      .map(({ name }) => `${name}: the supergraph says no address of it`),
    ...config.partners
      .filter(({ settings }) => !names.includes(settings.name))
      .map(({ settings }) => `${settings.name}: is configured and not in the supergraph`),
  ];
  if (problems.length > 0) return { problems };
  return { sdl, partners: others.map(({ name, url }) => settingsFor(name, url, config)) };
}

function settingsFor(name: string, url: string, config: SupergraphConfig): PartnerSettings {
  const configured = config.partners.find(({ settings }) => settings.name === name);
  if (configured !== undefined) return movedTo(url, configured.settings);
  return { name, url, headers: {}, forward: [], subscriptions: { protocol: 'sse', url } };
}
