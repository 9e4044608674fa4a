import { GraphQLError, parse } from 'graphql';
import { RequestError } from '../../platform/errors';
import { shapeOf } from '../limits/document-shape';
import { hashOf } from './manifest';
import type { RegisteredDocuments } from './registered-documents';
import type { TrustedDocuments } from './trusted-documents';

/** How a request came by its document. */
export type DocumentOutcome =
  'persisted' | 'apq_hit' | 'apq_miss' | 'registered' | 'sent' | 'refused';

/** The parts of a request that say which document it means; nothing of them is checked. */
export interface SentDocument {
  query?: unknown;
  documentId?: unknown;
  extensions?: unknown;
}

/** What finding documents takes. */
export interface LookupParts {
  /** Those of the manifest; null when there is none. */
  trusted: () => TrustedDocuments | null;
  registered: RegisteredDocuments;
  /** Whether nothing but the manifest's documents runs. */
  safelist: boolean;
  count: (outcome: DocumentOutcome) => void;
  maxTokens: number;
}

/** Finds the text a request means. */
export class DocumentLookup {
  constructor(private readonly parts: LookupParts) {}

  /**
   * The text of the document; undefined when the request has none in a form that could be one, which
   * the executor refuses. Who may introspect may do so beside the manifest.
   * Throws RequestError: BAD_REQUEST for a request that names its document in two ways,
   * PERSISTED_DOCUMENT_NOT_FOUND, PERSISTED_QUERY_NOT_FOUND, PERSISTED_QUERY_NOT_SUPPORTED,
   * PERSISTED_QUERY_HASH_MISMATCH, DOCUMENT_NOT_TRUSTED.
   */
  textOf(sent: SentDocument, mayIntrospect: boolean): string | undefined {
    try {
      return this.find(sent, mayIntrospect);
    } catch (error) {
      const missed = error instanceof RequestError && /^PERSISTED_QUERY_NOT_/.test(error.code);
      this.parts.count(missed ? 'apq_miss' : 'refused');
      throw error;
    }
  }

  private find({ query, documentId, extensions }: SentDocument, mayIntrospect: boolean) {
    const text = typeof query === 'string' && query !== '' ? query : undefined;
    const hash = hashIn(extensions);
    if (documentId != null) {
      if (text !== undefined || hash !== undefined) {
        throw new RequestError('BAD_REQUEST', 'Send a document or one id of it, not both.');
      }
      return this.persisted(documentId);
    }
    if (hash !== undefined && text === undefined) return this.hashed(hash);
    if (text === undefined) return undefined;
    if (hash !== undefined && hash !== hashOf(text)) {
      throw new RequestError('PERSISTED_QUERY_HASH_MISMATCH');
    }
    if (this.parts.safelist) return this.trustedOnly(text, mayIntrospect);
    const registered = hash !== undefined && this.parts.registered.add(hash, text);
    this.parts.count(registered ? 'registered' : 'sent');
    return text;
  }

  private persisted(id: unknown): string {
    if (typeof id !== 'string') throw new RequestError('BAD_REQUEST', 'A documentId is a string.');
    const text = this.parts.trusted()?.withId(id);
    if (text === undefined) throw new RequestError('PERSISTED_DOCUMENT_NOT_FOUND');
    this.parts.count('persisted');
    return text;
  }

  private hashed(hash: string): string {
    const { trusted, registered, safelist, count } = this.parts;
    const documents = trusted();
    const known = documents?.withId(hash);
    if (known !== undefined) {
      count('persisted');
      return known;
    }
    const text = safelist ? undefined : registered.get(hash);
    if (text === undefined) {
      const hopeless = documents === null && !registered.on;
      throw new RequestError(
        hopeless ? 'PERSISTED_QUERY_NOT_SUPPORTED' : 'PERSISTED_QUERY_NOT_FOUND',
      );
    }
    count('apq_hit');
    return text;
  }

  /** The manifest's own text where the sent one says the same, so that spacing makes no new document. */
  private trustedOnly(text: string, mayIntrospect: boolean): string {
    const { trusted, count } = this.parts;
    const known = trusted()?.sameAs(text);
    if (known !== undefined) {
      count('persisted');
      return known;
    }
    if (!mayIntrospect || !this.introspectsOnly(text)) {
      throw new RequestError('DOCUMENT_NOT_TRUSTED');
    }
    count('sent');
    return text;
  }

  private introspectsOnly(text: string): boolean {
    try {
      const document = parse(text, { noLocation: true, maxTokens: this.parts.maxTokens });
      const operations = [...shapeOf(document).operations.values()];
      return operations.every(
        ({ type, rootNames }) =>
          type === 'query' && [...rootNames].every((name) => introspection.has(name)),
      );
    } catch (error) {
      if (error instanceof GraphQLError) return false;
      throw error;
    }
  }
}

const introspection: ReadonlySet<string> = new Set(['__schema', '__type', '__typename']);

/** The hash of Apollo's protocol, undefined where it is not spoken. Throws RequestError BAD_REQUEST. */
function hashIn(extensions: unknown): string | undefined {
  const sent = (extensions as { persistedQuery?: unknown } | null | undefined)?.persistedQuery;
  if (sent === undefined || sent === null) return undefined;
  const { version, sha256Hash } = sent as { version?: unknown; sha256Hash?: unknown };
  if (version !== 1 || typeof sha256Hash !== 'string') {
    throw new RequestError('BAD_REQUEST', 'persistedQuery has version 1 and a sha256Hash.');
  }
  return sha256Hash;
}
