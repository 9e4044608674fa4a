import { RequestError } from '../platform/errors';
import type { Admission } from './admission';
import type { DocumentLookup } from './documents/document-lookup';
import type { EndpointParts } from './graphql-endpoint';
import type { ServedGraphs } from './graphs/served-graphs';
import { ShapeReader } from './limits/shape-limits';
import { eventStream } from './live/event-stream';
import { LiveCount } from './live/live-count';
import { LiveOperations } from './live/live-operations';
import { webSocket } from './live/web-socket';
import type { Endpoint } from './served';
import type { View, ViewParts } from './view';

/** Makes what serves the operations of a door, whatever view is current there; `documents` may be sent by id. */
export type MakeEndpoint = (
  name: Endpoint,
  view: () => View,
  documents?: DocumentLookup,
) => EndpointParts;

/** Endpoints of one server: they share the buckets of callers and count what is under way together. */
export function endpoints(
  { service, buckets }: Omit<ViewParts, 'metrics'>,
  admission: Admission,
): MakeEndpoint {
  const { limits } = service.config;
  return (endpoint, view, documents) => {
    const shapes = new ShapeReader(limits);
    const count = new LiveCount(limits);
    const graph = () => view().graph;
    const live = new LiveOperations({ service, graph, count, shapes, buckets });
    const carriers = { streams: eventStream(live), sockets: webSocket(live, documents) };
    return { endpoint, service, view, shapes, admission, live, ...carriers };
  };
}

/** The endpoints of contracts, each made when it is first asked for. */
export interface ContractEndpoints {
  /** Throws RequestError NOT_FOUND for a contract nobody has defined. */
  of(contract: string): EndpointParts;
  all(): EndpointParts[];
}

/** One endpoint a contract, which stays the same when the supergraph changes. */
export function contractEndpoints(
  graphs: ServedGraphs,
  make: MakeEndpoint,
  documents: DocumentLookup,
): ContractEndpoints {
  const known = new Map<string, EndpointParts>();
  const viewOf = (contract: string): View => {
    const view = graphs.contract(contract);
    if (view === null) throw new RequestError('NOT_FOUND');
    return view;
  };
  return {
    of(contract) {
      viewOf(contract);
      const endpoint = known.get(contract) ?? make('graphql', () => viewOf(contract), documents);
      known.set(contract, endpoint);
      return endpoint;
    },
    all: () => [...known.values()],
  };
}
