import {
  Kind,
  buildASTSchema,
  parse,
  print,
  type DefinitionNode,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql';
import type { Pieces } from '../pieces';

/** Parsed in a millisecond or so. */
const chunkLength = 10_000;

/** SDL in chunks, each of whole definitions. */
export function printed({ definitions }: DocumentNode): string[] {
  const chunks: string[] = [];
  let chunk = '';
  for (const definition of definitions) {
    chunk += `${print(definition)}\n`;
    if (chunk.length < chunkLength) continue;
    chunks.push(chunk);
    chunk = '';
  }
  return chunk === '' ? chunks : [...chunks, chunk];
}

/** The schema of SDL in chunks, which has been found to be valid. */
export function* schemaOfChunks(chunks: readonly string[]): Pieces<GraphQLSchema> {
  const definitions: DefinitionNode[] = [];
  for (const chunk of chunks) {
    yield;
    definitions.push(...parse(chunk, { noLocation: true }).definitions);
  }
  yield;
  const valid = { assumeValid: true, assumeValidSDL: true };
  return buildASTSchema({ kind: Kind.DOCUMENT, definitions }, valid);
}
