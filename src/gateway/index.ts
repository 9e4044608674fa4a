export type { Graph, GraphRequest } from './graph';
export { SubgraphError } from './subgraph';
export type { FetchOperation, Subgraph, SubgraphAnswer, SubgraphFetch } from './subgraph';
export { ownSubgraph } from './supergraph';
export type { PartnerSettings, Supergraph } from './supergraph';
export { apiSchemaOf } from './composition/api-schema';
export { composeSubgraphs } from './composition/compose';
export { readSupergraphConfig } from './composition/config';
export { contractSchemaOf } from './composition/contracts';
