export type { Graph, GraphRequest } from './graph';
export { SubgraphError } from './subgraph';
export type { FetchOperation, Subgraph, SubgraphAnswer, SubgraphFetch } from './subgraph';
export { ownSubgraph } from './supergraph';
export type { PartnerSettings, Supergraph } from './supergraph';
export { apiSchemaOf } from './composition/api-schema';
export { composeSubgraphs } from './composition/compose';
export { composeOnce } from './composition/compose-once';
export { readSupergraphConfig } from './composition/config';
export { contractSchemaOf } from './composition/contracts';
export { createSupergraphGraph, type PlannedGraph } from './execution/supergraph-graph';
export type { SupergraphParts } from './execution/supergraph-graph';
export type { PlanReport } from './execution/plans';
export type { FaultReason } from './partners/fault';
export {
  createPartner,
  type Partner,
  type PartnerHealth,
  type PartnerLimits,
  type PartnerParts,
} from './partners/partner';
export type { BreakerState, PartnerReport, PartnerRequest } from './partners/partner-report';
export { guardGraph } from './rights/guard-graph';
export { readRights } from './rights/read-rights';
export { SupergraphKeeper, type SupergraphSettings } from './composition/supergraph-keeper';
