import { createView, type View, type ViewParts } from '../view';
import { ownGraph } from './own-graph';

/** The graphs that clients are served. */
export interface ServedGraphs {
  /** What `/graphql` serves now. */
  current: () => View;
  stop(): Promise<void>;
}

/** Makes ready what clients are served: our own graph. */
export async function serveGraphs(parts: ViewParts): Promise<ServedGraphs> {
  const { service } = parts;
  const own = await createView(ownGraph(service.publicSchema, service.config.limits), parts);
  return { current: () => own, stop: () => own.apollo.stop() };
}
