import type { Supergraph } from '../../gateway';
import type { Config } from '../../platform/config';
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
  const { SupergraphKeeper } = await import('../../gateway/index.js');
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
