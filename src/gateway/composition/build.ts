import { QueryPlanner } from '@graphql-hive/router-query-planner';
import { parse, type GraphQLSchema } from 'graphql';
import { ownSubgraph, type PartnerSettings, type Supergraph } from '../supergraph';
import { apiSchemaOf } from './api-schema';
import { composeSubgraphs, describeProblem } from './compose';
import { movedTo, type SupergraphConfig } from './config';
import { contractSchemaOf } from './contracts';
import { hintsOf } from './hints';
import { foreignFields, Joins } from './joins';

/** Our own part of every supergraph. */
export interface OwnGraph {
  sdl: string;
  publicSchema: GraphQLSchema;
}

/** What a supergraph is made of. */
export interface SupergraphParts {
  config: SupergraphConfig;
  /** The SDL of each partner of the configuration, by its name. */
  sdls: ReadonlyMap<string, string>;
  /** A supergraph composed elsewhere, which then says itself who its subgraphs are. */
  ready?: string;
}

/** A supergraph and what may not be meant about it, or what is in the way of it; a line for each thing. */
export type Built =
  | { supergraph: Supergraph; hints: string[]; problems?: undefined }
  | { supergraph?: undefined; hints?: undefined; problems: string[] };

/** Makes a supergraph, and everything that clients see of it. */
export function buildSupergraph(parts: SupergraphParts, own: OwnGraph): Built {
  const composed = parts.ready === undefined ? compose(parts, own) : check(parts.ready, parts, own);
  if ('problems' in composed) return composed;
  const { sdl, partners } = composed;
  const problems: string[] = [];
  const attempt = <Value>(what: string, make: () => Value): Value | null => {
    try {
      return make();
    } catch (error) {
      problems.push(`${what}: ${(error as Error).message.replace(/\s*\n\s*/g, ' ')}`);
      return null;
    }
  };
  const schema = attempt('the supergraph is no schema', () => apiSchemaOf(sdl, own.publicSchema));
  attempt('the supergraph cannot be planned', () => new QueryPlanner(sdl));
  const contracts = new Map<string, GraphQLSchema>();
  for (const [name, filter] of parts.config.contracts) {
    const contract = attempt(`contract ${name}`, () =>
      contractSchemaOf(sdl, filter, own.publicSchema),
    );
    if (contract !== null) contracts.set(name, contract);
  }
  if (schema === null || problems.length > 0) return { problems };
  const { policies } = parts.config;
  const supergraph = { sdl, schema, contracts, partners, policies };
  return { supergraph, hints: hintsOf(sdl, parts.config, partners) };
}

type Sdl = { sdl: string; partners: PartnerSettings[] } | { problems: string[] };

function compose({ config, sdls }: SupergraphParts, own: OwnGraph): Sdl {
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
function check(sdl: string, { config }: SupergraphParts, { publicSchema }: OwnGraph): Sdl {
  let joins: Joins;
  let foreign: string[];
  try {
    const document = parse(sdl, { noLocation: true });
    joins = new Joins(document);
    foreign = foreignFields(document, joins, publicSchema);
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
