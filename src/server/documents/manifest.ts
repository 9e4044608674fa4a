import { z } from 'zod';
import { sha256 } from '../../platform/auth/secrets';

/** A document whose text its operator has put into the manifest. */
export interface ManifestEntry {
  /** What clients send instead of the text. */
  id: string;
  /** How the log calls it. */
  name: string;
  body: string;
}

/** A manifest that cannot be used; its message is one line that names neither path nor text. */
export class ManifestError extends Error {}

const apollo = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(
    z.object({ id: z.string().min(1), body: z.string().min(1), name: z.string().optional() }),
  ),
});

const flat = z.record(z.string().min(1), z.string().min(1));

/** The SHA-256 of a document's text in UTF-8, in lower-case hexadecimal digits. */
export function hashOf(text: string): string {
  return sha256(text).toString('hex');
}

/**
 * Reads a manifest in Apollo's format, or a flat map from ids to documents. Ids are free, but one that
 * looks like a SHA-256 must be that of its document. Throws ManifestError.
 */
export function readManifest(text: string): ManifestEntry[] {
  const entries = entriesOf(parsed(text));
  const byId = new Map<string, string>();
  for (const { id, name, body } of entries) {
    const promised = /^(?:sha256:)?([0-9a-f]{64})$/i.exec(id)?.[1];
    if (promised !== undefined && promised !== hashOf(body)) {
      throw new ManifestError(`the id of ${name} is not the SHA-256 of its document`);
    }
    if ((byId.get(id) ?? body) !== body) {
      throw new ManifestError(`the id of ${name} stands for two documents`);
    }
    byId.set(id, body);
  }
  return entries;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ManifestError('it is not JSON');
  }
}

function entriesOf(value: unknown): ManifestEntry[] {
  const isApollo = typeof value === 'object' && value !== null && 'format' in value;
  if (isApollo) {
    const { success, data, error } = apollo.safeParse(value);
    if (!success) throw new ManifestError(problemOf(error));
    return data.operations.map(({ id, body, name }) => ({ id, body, name: name ?? id }));
  }
  const { success, data, error } = flat.safeParse(value);
  if (!success) throw new ManifestError(problemOf(error));
  return Object.entries(data).map(([id, body]) => ({ id, name: id, body }));
}

function problemOf(error: z.ZodError): string {
  const [issue] = error.issues;
  const place = issue?.path.join('.') ?? '';
  return `${place === '' ? 'it' : place} has the wrong form`;
}
