export type { Graph, GraphRequest } from './graph';
export { SubgraphError } from './subgraph';
export type { FetchOperation, Subgraph, SubgraphAnswer, SubgraphFetch } from './subgraph';
export { ownSubgraph } from './supergraph';
export type { PartnerSettings, Supergraph } from './supergraph';
