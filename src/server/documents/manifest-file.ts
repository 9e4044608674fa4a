import type { GraphQLSchema } from 'graphql';
import { readFile, stat } from 'node:fs/promises';
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
  private seen: string | null = null;
  private documents: TrustedDocuments | undefined;
  private checking = false;

  private constructor(private readonly parts: ManifestParts) {}

  /** Throws ConfigError when the manifest cannot be used. */
  static async open(parts: ManifestParts): Promise<ManifestFile> {
    const file = new ManifestFile(parts);
    try {
      await file.follow();
      return file;
    } catch (error) {
      throw new ConfigError(`PERSISTED_OPERATIONS: ${reasonOf(error)}`);
    }
  }

  /** What is served now. */
  get current(): TrustedDocuments | null {
    return this.documents ?? null;
  }

  /**
   * Looks whether file or schema have changed. A manifest that cannot be used is logged once, and the
   * last good one goes on being served.
   */
  async check(): Promise<void> {
    if (this.checking) return;
    this.checking = true;
    try {
      const away = this.seen === null;
      await this.follow().catch((error: unknown) => {
        if (!away || this.seen !== null) this.complain(reasonOf(error));
      });
      const { documents } = this;
      if (documents !== undefined && documents.schema !== this.parts.schema()) {
        await this.admit(documents.entries);
      }
    } finally {
      this.checking = false;
    }
  }

  private async follow(): Promise<void> {
    const { path } = this.parts;
    const before = this.seen;
    this.seen = null;
    const { mtimeMs, size, ino } = await stat(path);
    this.seen = `${mtimeMs} ${size} ${ino}`;
    if (this.seen !== before) await this.admit(readManifest(await readFile(path, 'utf8')));
  }

  private async admit(entries: readonly ManifestEntry[]): Promise<void> {
    const { schema, maxTokens, log } = this.parts;
    const admission = { schema: schema(), maxTokens };
    const documents = await TrustedDocuments.admit(entries, admission, this.documents);
    this.documents = documents;
    for (const { id, name, reason } of documents.rejected) {
      log.error({ operation: name, id, reason }, 'a persisted operation does not fit the graph');
    }
    log.info({ operations: documents.size }, 'persisted operations are served');
  }

  private complain(reason: string): void {
    const sentence = 'the manifest of operations is broken; the last one is served';
    this.parts.log.error({ reason }, sentence);
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof ManifestError) return error.message;
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) throw error;
  return `the file cannot be read (${code})`;
}
