import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseDocument } from 'yaml';
import type { z } from 'zod';
import { ConfigError } from '../../platform/config';
import type { PartnerSettings } from '../supergraph';
import { configSchema, type SubgraphEntry } from './config-schema';
import { withEnvironment } from './environment-values';

/** Where the SDL of a subgraph comes from. */
export type SchemaSource =
  | { kind: 'sdl'; sdl: string }
  | { kind: 'file'; path: string }
  | { kind: 'url'; url: string; headers: Readonly<Record<string, string>> };

/** Which tagged parts of a graph clients of a contract see; what is in both is left out. */
export interface ContractFilter {
  exclude: readonly string[];
  /** Empty: everything that is not excluded. */
  include: readonly string[];
}

/** A partner as the operator describes it. */
export interface PartnerConfig {
  /** `url` is empty when none is given. */
  settings: PartnerSettings;
  schema: SchemaSource | null;
}

/** supergraph.yaml, read and checked. */
export interface SupergraphConfig {
  partners: readonly PartnerConfig[];
  policies: ReadonlyMap<string, readonly (readonly string[])[]>;
  contracts: ReadonlyMap<string, ContractFilter>;
}

/** What holds without a supergraph.yaml. */
export const emptyConfig: SupergraphConfig = {
  partners: [],
  policies: new Map(),
  contracts: new Map(),
};

/** Reads supergraph.yaml. Throws ConfigError with a line for each problem, which names its key. */
export function readSupergraphConfig(path: string, env: NodeJS.ProcessEnv): SupergraphConfig {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ConfigError(`${path}: cannot be read (${code ?? 'unknown'})`);
  }
  return parseSupergraphConfig(text, path, env);
}

/** The same of its text; files are looked for beside `path`. */
export function parseSupergraphConfig(
  text: string,
  path: string,
  env: NodeJS.ProcessEnv,
): SupergraphConfig {
  const problems: string[] = [];
  const written = treeOf(text, path);
  if (written == null) throw new ConfigError(`${path}: is empty; what configures nothing is {}`);
  const tree = withEnvironment(written, env, (key, message) => problems.push(`${key}: ${message}`));
  const parsed = configSchema.safeParse(tree);
  // A text with a hole in it is not worth a second complaint.
  if (problems.length === 0 && !parsed.success) problems.push(...complaints(parsed.error));
  if (!parsed.success || problems.length > 0) {
    throw new ConfigError(problems.map((problem) => `${path}: ${problem}`).join('\n'));
  }
  const { subgraphs, policies, contracts } = parsed.data;
  return {
    partners: Object.entries(subgraphs).map(([name, entry]) => partnerOf(name, entry, path)),
    policies: new Map(Object.entries(policies)),
    contracts: new Map(
      Object.entries(contracts).map(([name, { exclude = [], include = [] }]) => [
        name,
        { exclude, include },
      ]),
    ),
  };
}

function treeOf(text: string, path: string): unknown {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error !== undefined) {
    const [first = 'no YAML'] = error.message.split('\n');
    throw new ConfigError(`${path}: ${first.replace(/:$/, '')}`);
  }
  try {
    return document.toJS();
  } catch {
    throw new ConfigError(`${path}: aliases that lead nowhere, or to too much`);
  }
}

function complaints(error: z.ZodError): string[] {
  return error.issues.flatMap((issue) => {
    const path = issue.path.map(String);
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => `${[...path, key].join('.')}: is no setting`);
    }
    const [inner] = issue.code === 'invalid_key' ? issue.issues : [];
    return `${path.join('.') || 'the file'}: ${inner?.message ?? issue.message}`;
  });
}

function partnerOf(name: string, entry: SubgraphEntry, path: string): PartnerConfig {
  const url = entry.routing_url ?? entry.schema?.subgraph_url ?? '';
  return {
    settings: {
      name,
      url,
      headers: entry.headers,
      forward: [...new Set(entry.forward)],
      subscriptions: subscriptionsOf(url, entry),
      ...(entry.timeout !== undefined && { timeoutMs: entry.timeout }),
    },
    schema: entry.schema === undefined ? null : sourceOf(entry.schema, path),
  };
}

/** The settings of a subgraph that is to be found elsewhere; what was said of its subscriptions stays. */
export function movedTo(url: string, settings: PartnerSettings): PartnerSettings {
  const { protocol, url: own } = settings.subscriptions;
  const followed = own === settings.url || own === asSocket(settings.url);
  if (!followed) return { ...settings, url };
  const target = protocol === 'ws' ? asSocket(url) : url;
  return { ...settings, url, subscriptions: { protocol, url: target } };
}

function subscriptionsOf(
  url: string,
  { subscription }: SubgraphEntry,
): PartnerSettings['subscriptions'] {
  const { protocol = 'sse', url: own = url } = subscription ?? {};
  return { protocol, url: protocol === 'ws' ? asSocket(own) : own };
}

function asSocket(url: string): string {
  return url.replace(/^http/, 'ws');
}

function sourceOf(
  {
    file,
    sdl,
    subgraph_url: url,
    introspection_headers: headers = {},
  }: NonNullable<SubgraphEntry['schema']>,
  path: string,
): SchemaSource {
  if (sdl !== undefined) return { kind: 'sdl', sdl };
  if (url !== undefined) return { kind: 'url', url, headers };
  return { kind: 'file', path: resolve(dirname(path), file ?? '') };
}
