/** What this file needs of Hive Gateway's request; the whole is `defineConfig` of `@graphql-hive/gateway`. */
interface Forwarding {
  request: { headers: { get(name: string): string | null } };
  subgraphName: string;
}

const { BRAND_ID, BRAND_KEY, CRM_SECRET, ROUTER_SECRET, SHOP_SECRET } = process.env;

/** How the router makes itself known to each of the others. */
const secrets: Record<string, Record<string, string>> = {
  orders: { 'x-shop-secret': SHOP_SECRET ?? 'demo-shop-secret' },
  crm: { 'x-crm-secret': CRM_SECRET ?? 'demo-crm-secret' },
};

/**
 * The shop and the CRM are told who asks by whoever stands before them, which here is this router. It
 * serves one brand and knows it by its key; a real one has its own way to know its callers.
 */
function whoAsks(authorization: string | null): Record<string, string> {
  const isBrand = BRAND_KEY !== undefined && authorization === `Bearer ${BRAND_KEY}`;
  return isBrand
    ? { 'x-caller': 'brand', 'x-brand-id': BRAND_ID ?? '' }
    : { 'x-caller': 'anonymous' };
}

/** Hive Gateway over our `/subgraph`, the shop and the CRM. */
export const gatewayConfig = {
  // Subscriptions too: by itself it asks for server-sent events by GET, which `/subgraph` does not take.
  transportEntries: { '*.http': { options: { method: 'POST' } } },
  propagateHeaders: {
    fromClientToSubgraphs({ request, subgraphName }: Forwarding) {
      const authorization = request.headers.get('authorization');
      // We know by ourselves who asks: the header as it came, and nothing else of the client's.
      if (subgraphName === 'rewards') return { authorization, 'x-router-secret': ROUTER_SECRET };
      return { ...secrets[subgraphName], ...whoAsks(authorization) };
    },
  },
};
