import { GraphQLError, parse } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Limits } from '../../platform/limits';

/** The limits on what clients may register. */
export type RegistrationLimits = Pick<Limits, 'apqEntries' | 'apqBytes' | 'tokens'>;

/**
 * Documents that clients of this process have sent with their hash, the most recent ones. Whoever adds
 * one has compared the hash, so a text is only ever found under its own.
 */
export class RegisteredDocuments {
  private readonly texts: LRUCache<string, string> | null;

  constructor(private readonly limits: RegistrationLimits) {
    const { apqEntries, apqBytes } = limits;
    // The cache would take 0 for no limit.
    const none = apqEntries === 0 || apqBytes === 0;
    this.texts = none
      ? null
      : new LRUCache({
          max: apqEntries,
          maxSize: apqBytes,
          sizeCalculation: (text) => Buffer.byteLength(text),
        });
  }

  /** Whether any document is kept at all. */
  get on(): boolean {
    return this.texts !== null;
  }

  get(hash: string): string | undefined {
    return this.texts?.get(hash);
  }

  /** Keeps a document; one that is not GraphQL or is larger than all may be together is not kept. */
  add(hash: string, text: string): boolean {
    if (this.texts === null || !this.isDocument(text)) return false;
    this.texts.set(hash, text);
    return this.texts.has(hash);
  }

  private isDocument(text: string): boolean {
    try {
      parse(text, { noLocation: true, maxTokens: this.limits.tokens });
      return true;
    } catch (error) {
      if (error instanceof GraphQLError) return false;
      throw error;
    }
  }
}
