import type { Partner, PartnerHealth, Supergraph } from '../../gateway';
import { gatewayMetrics } from '../gateway-metrics';
import { createView, type View, type ViewParts } from '../view';
import type { Generation, GenerationParts } from './generation';
import { ownGraph } from './own-graph';

/** The graphs that clients are served. */
export interface ServedGraphs {
  /** What `/graphql` serves now. */
  current: () => View;
  /** What `/graphql/<contract>` serves now; null for a contract nobody has defined. */
  contract: (name: string) => View | null;
  partners: () => PartnerHealth[];
  stop(): Promise<void>;
}

/**
 * Makes ready what clients are served: our own graph, or one over it and partners' subgraphs, and anew
 * whenever that changes. One that cannot be served leaves the one before in place.
 */
export async function serveGraphs(viewParts: ViewParts): Promise<ServedGraphs> {
  const { supergraphs, log } = viewParts.service;
  const gateway = gatewayMetrics(viewParts.metrics.registry);
  const parts = { ...viewParts, gateway };
  const first = supergraphs.current();
  let served =
    first === null ? await ownAlone(parts) : await nextGeneration(first, new Map(), parts);
  gateway.watchPlans(() => served.planned.reduce((sum, one) => sum + one.plansRemembered, 0));
  if (first !== null) gateway.watchProblems(() => supergraphs.problems().length);
  let changes = Promise.resolve();
  const change = async (supergraph: Supergraph): Promise<void> => {
    const before = served;
    served = await nextGeneration(supergraph, before.partners, parts);
    gateway.supergraph('composed');
    for (const partner of dropped(before, served)) partner.retire();
  };
  supergraphs.onChange((supergraph) => {
    changes = changes
      .then(() => change(supergraph))
      .catch((error: unknown) => {
        gateway.supergraph('refused');
        log.error({ name: (error as Error).name }, 'the changed supergraph cannot be served');
      });
  });
  return {
    current: () => served.view,
    contract: (name) => served.contracts.get(name) ?? null,
    partners: () => [...served.partners.values()].map((partner) => partner.health()),
    async stop() {
      await changes;
      // Whoever asked has been answered or cut off by now.
      const partners = [...served.partners.values()];
      await Promise.all(partners.map((partner) => partner.cutOff()));
    },
  };
}

async function ownAlone(parts: ViewParts): Promise<Generation> {
  const { publicSchema, config } = parts.service;
  const view = await createView(ownGraph(publicSchema, config.limits), parts);
  return { view, contracts: new Map(), partners: new Map(), planned: [] };
}

/** Loads the gateway when there is something to join: its planner is native, and not for every platform. */
async function nextGeneration(
  supergraph: Supergraph,
  known: Generation['partners'],
  parts: GenerationParts,
): Promise<Generation> {
  const { generationOf } = await import('./generation.js');
  return generationOf(supergraph, known, parts);
}

function dropped(before: Generation, after: Generation): Partner[] {
  const kept = new Set(after.partners.values());
  return [...before.partners.values()].filter((partner) => !kept.has(partner));
}
