import { GraphQLError, parse } from 'graphql';
import { LRUCache } from 'lru-cache';
import { RequestError } from '../../platform/errors';
import type { Limits } from '../../platform/limits';
import { shapeOf, type DocumentShape, type OperationShape } from './document-shape';

/** Selections an operation may come to once its fragments are spread, for each token it may hold. */
const selectionsPerToken = 5;

/**
 * Looks at documents before they are validated, because validation itself can be made expensive. It
 * remembers the shapes of recent documents, about 8 MiB of text.
 */
export class ShapeReader {
  private readonly known = new LRUCache<string, { shape: DocumentShape | null }>({
    max: 5000,
    maxSize: 8 * 1024 * 1024,
    sizeCalculation: (_, source) => source.length + 1,
  });

  constructor(private readonly limits: Limits) {}

  /**
   * The shape of a document; null when it is not GraphQL, which the executor will say better.
   * Throws RequestError OPERATION_TOO_COMPLEX for one with too many tokens, repeats or directives.
   */
  read(source: string): DocumentShape | null {
    const known = this.known.get(source);
    const shape = known === undefined ? this.parse(source) : known.shape;
    if (known === undefined) this.known.set(source, { shape });
    if (shape === null) return null;
    if (shape.repeats > this.limits.repeats || shape.directives > this.limits.directivesPerField) {
      throw new RequestError('OPERATION_TOO_COMPLEX');
    }
    return shape;
  }

  private parse(source: string): DocumentShape | null {
    try {
      return shapeOf(parse(source, { maxTokens: this.limits.tokens, noLocation: true }));
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      // The parser has no code for this; its tests hold the sentence.
      if (/more that \d+ tokens/.test(error.message)) {
        throw new RequestError('OPERATION_TOO_COMPLEX');
      }
      return null;
    }
  }
}

/** The operation a request means, or undefined when it does not say which of several. */
export function chosenOperation(
  shape: DocumentShape,
  operationName: string | null | undefined,
): OperationShape | undefined {
  if (operationName !== null && operationName !== undefined) {
    return shape.operations.get(operationName);
  }
  return shape.operations.size === 1 ? [...shape.operations.values()][0] : undefined;
}

/** Throws RequestError OPERATION_TOO_COMPLEX, which never says which limit it was. */
export function checkShape(operation: OperationShape, limits: Limits): void {
  const rootFields = operation.type === 'mutation' ? limits.rootMutations : limits.rootFields;
  if (
    operation.depth > limits.depth ||
    operation.aliases > limits.aliases ||
    operation.rootFields > rootFields ||
    operation.selections > limits.tokens * selectionsPerToken
  ) {
    throw new RequestError('OPERATION_TOO_COMPLEX');
  }
}
