import type { ApolloServerOptions, BaseContext } from '@apollo/server';
import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Limits } from '../platform/limits';

type Store = NonNullable<ApolloServerOptions<BaseContext>['documentStore']>;

/** Parsed, a document takes eighty times its text: this much is 80 MiB of memory at the worst. */
const mostText = 1024 * 1024;

/** The documents that were parsed and found valid, as many as there are plans of them. */
export class DocumentStore implements Store {
  private readonly documents;

  constructor({ plans }: Pick<Limits, 'plans'>) {
    this.documents = new LRUCache<string, DocumentNode>({
      max: plans,
      maxSize: mostText,
      sizeCalculation: ({ loc }) => 1 + (loc?.source.body.length ?? mostText),
    });
  }

  /** How many are held. */
  get size(): number {
    return this.documents.size;
  }

  async get(key: string): Promise<DocumentNode | undefined> {
    return this.documents.get(key);
  }

  async set(key: string, document: DocumentNode): Promise<void> {
    this.documents.set(key, document);
  }

  async delete(key: string): Promise<boolean> {
    return this.documents.delete(key);
  }
}
