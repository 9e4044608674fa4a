import { readFileSync, statSync } from 'node:fs';
import type { GraphQLSchema } from 'graphql';
import { ConfigError } from '../../platform/config';
import type { Log } from '../../platform/log';
import { ManifestError, readManifest, type ManifestEntry } from './manifest';
import { TrustedDocuments } from './trusted-documents';

/** What watching a manifest takes. */
export interface ManifestParts {
  path: string;
  /** The schema that is served now; documents are held against it. */
  schema: () => GraphQLSchema;
  maxTokens: number;
  log: Log;
}

/** A manifest on disk: read at once, and again when it has changed. */
export class ManifestFile {
  private seen: string;
  private documents: TrustedDocuments;

  /** Throws ConfigError when the manifest cannot be used. */
  constructor(private readonly parts: ManifestParts) {
    try {
      this.seen = this.stamp();
      this.documents = this.admit(this.read());
    } catch (error) {
      throw new ConfigError(`PERSISTED_OPERATIONS: ${reasonOf(error)}`);
    }
  }

  /** What is served now. */
  get current(): TrustedDocuments {
    return this.documents;
  }

  /**
   * Looks whether file or schema have changed. A manifest that cannot be used is logged once, and the
   * last good one goes on being served.
   */
  check(): void {
    let stamp = 'away';
    try {
      stamp = this.stamp();
      const fileChanged = stamp !== this.seen;
      this.seen = stamp;
      if (fileChanged) this.documents = this.admit(this.read());
      else if (this.parts.schema() !== this.documents.schema) {
        this.documents = this.admit(this.documents.entries);
      }
    } catch (error) {
      if (stamp === 'away' && this.seen === 'away') return;
      this.seen = stamp;
      const reason = reasonOf(error);
      this.parts.log.error(
        { reason },
        'the manifest of operations is broken; the last one is served',
      );
    }
  }

  private admit(entries: readonly ManifestEntry[]): TrustedDocuments {
    const { schema, maxTokens, log } = this.parts;
    const documents = new TrustedDocuments(entries, schema(), maxTokens);
    for (const { id, name, reason } of documents.rejected) {
      log.error({ operation: name, id, reason }, 'a persisted operation does not fit the graph');
    }
    log.info({ operations: documents.size }, 'persisted operations are served');
    return documents;
  }

  private read(): ManifestEntry[] {
    return readManifest(readFileSync(this.parts.path, 'utf8'));
  }

  /** Differs when the file was written or exchanged. */
  private stamp(): string {
    const { mtimeMs, size, ino } = statSync(this.parts.path);
    return `${mtimeMs} ${size} ${ino}`;
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof ManifestError) return error.message;
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) throw error;
  return `the file cannot be read (${code})`;
}
