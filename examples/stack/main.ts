import { printCustomer } from './customer-in-one-query';
import { brandKey, ready, runExample, startProgram } from './programs';
import { tellOfShoppers } from './shoppers';

/**
 * `npm run example:stack`: the shop, the CRM, and the service as their gateway; then three shoppers whom all
 * of them know, and what one query says of the first.
 */
async function main(): Promise<void> {
  await Promise.all([
    startProgram({ file: 'dist/examples/orders/main.js' }, [ready]),
    startProgram({ file: 'dist/examples/crm/main.js' }, [ready]),
  ]);
  const env = { SUPERGRAPH_CONFIG: 'examples/supergraph.yaml' };
  const [url, key] = await startProgram({ file: 'dist/src/main.js', env }, [ready, brandKey]);
  const graph = { url: url as string, key: key as string };
  await tellOfShoppers(graph);
  await printCustomer(graph);
}

runExample(main);
