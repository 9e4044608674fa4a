import type { GraphQLSchema } from 'graphql';
import type { Metrics } from '../metrics';
import type { Service } from '../service';
import { DocumentLookup } from './document-lookup';
import { ManifestFile } from './manifest-file';
import { RegisteredDocuments } from './registered-documents';

/** What the documents of a door are made of. */
export interface DocumentParts {
  service: Service;
  metrics: Metrics;
  /** The schema the door serves now. */
  schema: () => GraphQLSchema;
}

/** The documents of a door, kept up to date. */
export interface OpenDocuments {
  lookup: DocumentLookup;
  /** Stops looking for changes of the manifest. */
  close(): void;
}

/** Reads the manifest, when there is one, and follows its changes. Throws ConfigError when it is broken. */
export async function openDocuments({
  service,
  metrics,
  schema,
}: DocumentParts): Promise<OpenDocuments> {
  const { config, log } = service;
  const { persistedOperations: path, safelist, limits } = config;
  const maxTokens = limits.tokens;
  const file =
    path === undefined ? null : await ManifestFile.open({ path, schema, maxTokens, log });
  const check = (): void => {
    file?.check().catch((error: unknown) => {
      log.error({ name: (error as Error).name }, 'the manifest of operations was not looked at');
    });
  };
  const timer = file === null ? undefined : setInterval(check, limits.manifestPollMs);
  timer?.unref();
  const lookup = new DocumentLookup({
    trusted: () => file?.current ?? null,
    registered: new RegisteredDocuments(limits),
    safelist,
    count: (outcome) => metrics.document(outcome),
    maxTokens,
  });
  return { lookup, close: () => clearInterval(timer) };
}
