import type { Supergraph } from '../../gateway';
import { ConfigError, type Config } from '../../platform/config';
import type { Schemas } from '../../platform/graphql/subgraph';
import type { Log } from '../../platform/log';
import type { Supergraphs } from '../service';

/** No graph but ours. */
const none: Supergraphs = {
  current: () => null,
  onChange: () => undefined,
  problems: () => [],
  stop: () => undefined,
};

/**
 * Composes what the configuration federates with us, and goes on as its sources change. Throws
 * ConfigError when that gives no graph and none was kept from an earlier run.
 */
export async function openSupergraphs(
  config: Config,
  own: Schemas,
  log: Log,
): Promise<Supergraphs> {
  const { supergraph: settings, dataDir, limits } = config;
  if (settings.config === null && settings.sdl === null) return none;
  const { SupergraphKeeper } = await loadGateway();
  const parts = { settings, env: process.env, dataDir, own, limits, log };
  const keeper = new SupergraphKeeper(parts);
  let current: Supergraph | null = await keeper.start();
  keeper.onChange((supergraph) => (current = supergraph));
  return {
    current: () => current,
    onChange: (listener) => keeper.onChange(listener),
    problems: () => keeper.problems(),
    stop: () => keeper.stop(),
  };
}

/** Its planner is native; where there is none for the platform, only we can be served. */
async function loadGateway() {
  try {
    return await import('../../gateway/index.js');
  } catch (error) {
    const { platform, arch } = process;
    const [reason] = (error as Error).message.split(/\n|\. /);
    throw new ConfigError(
      `SUPERGRAPH_CONFIG and SUPERGRAPH_SDL need the query planner, which cannot be loaded on ${platform} ${arch}: ${reason}`,
    );
  }
}
