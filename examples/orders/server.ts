import { readFileSync } from 'node:fs';
import { serve, type Served } from '../partner/serve';
import { makeSubgraph } from '../partner/subgraph';
import { openShopDatabase } from './database';
import { references, shopContext, shopFields, type ShopContext } from './graph';

/** Where the shop listens, keeps its orders, and for whom. */
export interface ShopOptions {
  port: number;
  secret: string;
  /** Without it, an embedded PostgreSQL below `dataDir`. */
  databaseUrl?: string;
  dataDir: string;
  /** A file of purchases in the format of CDNOW. */
  purchases: string;
  /** Id of the brand whose orders these are; any brand that asks, when absent. */
  brand?: string;
}

/** Starts the shop's subgraph; paths count from the project's folder, where it must be started. */
export async function startShop(options: ShopOptions): Promise<Served> {
  const { databaseUrl: url, dataDir, purchases, port, secret, brand } = options;
  const database = await openShopDatabase({ url, dataDir, purchases });
  const sdl = readFileSync('examples/orders/schema.graphql', 'utf8');
  try {
    const served = await serve<ShopContext>({
      subgraph: makeSubgraph(sdl, shopFields(database.pool), references),
      port,
      secret: { header: 'x-shop-secret', value: secret },
      contextFor: (caller) => shopContext(caller, database.pool, brand),
    });
    const close = async () => {
      await served.close();
      await database.close();
    };
    return { url: served.url, close };
  } catch (error) {
    await database.close();
    throw error;
  }
}
