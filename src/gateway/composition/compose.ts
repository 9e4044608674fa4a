import { composeServices, compositionHasErrors } from '@theguild/federation-composition';
import { GraphQLError, parse, type DocumentNode } from 'graphql';
import { ownSubgraph } from '../supergraph';

/** A subgraph as composition takes it. */
export interface SubgraphSource {
  name: string;
  url: string;
  sdl: string;
}

/** Why subgraphs are not one graph. */
export interface CompositionProblem {
  /** The rule's code, such as `FIELD_TYPE_MISMATCH`. */
  code: string;
  message: string;
  /** The subgraphs it is about, as far as they are known. */
  subgraphs: string[];
}

/** A supergraph's SDL, or what is in the way of it. */
export type Composition =
  { sdl: string; problems?: undefined } | { sdl?: undefined; problems: CompositionProblem[] };

/** Composes our own subgraph with those of partners; with none, ours alone is the supergraph. */
export function composeSubgraphs(ownSdl: string, partners: readonly SubgraphSource[]): Composition {
  const sources = [{ name: ownSubgraph, url: '', sdl: ownSdl }, ...partners];
  const problems: CompositionProblem[] = [];
  const services: { name: string; url: string; typeDefs: DocumentNode }[] = [];
  for (const { name, url, sdl } of sources) {
    const typeDefs = parsed(sdl);
    if (typeDefs instanceof GraphQLError) problems.push(syntaxProblem(name, typeDefs));
    else services.push({ name, url, typeDefs });
  }
  if (problems.length > 0) return { problems };
  const result = composeServices(services);
  if (!compositionHasErrors(result)) return { sdl: result.supergraphSdl };
  const names = sources.map(({ name }) => name);
  return { problems: distinct(result.errors.map((error) => problemOf(error, names))) };
}

function parsed(sdl: string): DocumentNode | GraphQLError {
  try {
    return parse(sdl, { noLocation: true });
  } catch (error) {
    return error as GraphQLError;
  }
}

function syntaxProblem(name: string, { message, locations }: GraphQLError): CompositionProblem {
  const [place] = locations ?? [];
  const where = place === undefined ? '' : ` (line ${place.line}, column ${place.column})`;
  return { code: 'INVALID_GRAPHQL', message: `${message}${where}`, subgraphs: [name] };
}

function problemOf(error: GraphQLError, names: readonly string[]): CompositionProblem {
  const { code, subgraphName } = error.extensions;
  const message = error.message.replace(/^\[[^\]]+\] /, '');
  const subgraphs =
    typeof subgraphName === 'string'
      ? [subgraphName]
      : names.filter((name) => message.includes(`"${name}"`));
  return { code: typeof code === 'string' ? code : 'INVALID_GRAPHQL', message, subgraphs };
}

function distinct(problems: CompositionProblem[]): CompositionProblem[] {
  return [...new Map(problems.map((one) => [describeProblem(one), one])).values()];
}

/** One line for people: `shop: FIELD_TYPE_MISMATCH: …`. */
export function describeProblem({ code, message, subgraphs }: CompositionProblem): string {
  const names = subgraphs.length > 0 ? `${subgraphs.join(', ')}: ` : '';
  return `${names}${code}: ${message.replace(/\s*\n\s*/g, ' ')}`;
}
