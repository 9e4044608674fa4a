import { ConfigError } from '../../platform/config';
import { buildSupergraph, type Built, type OwnGraph } from './build';
import { readSupergraphConfig } from './config';
import { readSource, type SourceLimits } from './source';

/** Composes what a supergraph.yaml names, as it is now; nothing is kept and nothing is watched. */
export async function composeOnce(
  path: string,
  parts: { env: NodeJS.ProcessEnv; own: OwnGraph; limits: SourceLimits },
): Promise<Built> {
  const { env, own, limits } = parts;
  try {
    const config = readSupergraphConfig(path, env);
    const problems: string[] = [];
    const sdls = new Map<string, string>();
    for (const { settings, schema } of config.partners) {
      if (schema === null) continue;
      await readSource(schema, limits).then(
        (sdl) => sdls.set(settings.name, sdl),
        (error: unknown) => problems.push(`${settings.name}: ${(error as Error).message}`),
      );
    }
    return problems.length > 0 ? { problems } : buildSupergraph({ config, sdls }, own);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { problems: error.message.split('\n') };
  }
}
