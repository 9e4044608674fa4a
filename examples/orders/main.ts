import { run } from '../partner/run';
import { startShop } from './server';

/** `npm run example:orders`: the shop's subgraph on its own. */
void run('The shop', () =>
  startShop({
    port: Number(process.env['ORDERS_PORT'] ?? 4101),
    secret: process.env['SHOP_SECRET'] ?? 'demo-shop-secret',
    databaseUrl: process.env['ORDERS_DATABASE_URL'],
    dataDir: '.data/orders',
    purchases: 'examples/data/cdnow-sample.txt',
    brand: process.env['ORDERS_BRAND'],
  }),
);
