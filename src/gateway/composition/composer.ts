import { parentPort, workerData } from 'node:worker_threads';
import { printed } from './chunks';
import { composeGraph, type Composed, type OwnTexts, type SupergraphParts } from './compose-graph';

/** What the thread is given. */
export interface ComposerTask {
  parts: SupergraphParts;
  own: OwnTexts;
}

/** What it answers: graphs as chunks of SDL, because a schema does not pass from thread to thread. */
export interface ComposedTexts extends Omit<Composed, 'graph' | 'contracts'> {
  graph: string[];
  contracts: ReadonlyMap<string, string[]>;
}

const { parts, own } = workerData as ComposerTask;
const composed = composeGraph(parts, own);
if ('problems' in composed) parentPort?.postMessage(composed);
else {
  const contracts = [...composed.contracts].map(
    ([name, { document }]) => [name, printed(document)] as const,
  );
  const graph = printed(composed.graph.document);
  const texts: ComposedTexts = { ...composed, graph, contracts: new Map(contracts) };
  parentPort?.postMessage(texts);
}
