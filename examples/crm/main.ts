import { run } from '../partner/run';
import { startCrm } from './server';

/** `npm run example:crm`: the CRM's subgraph on its own. */
void run('The CRM', () =>
  startCrm({
    port: Number(process.env['CRM_PORT'] ?? 4102),
    secret: process.env['CRM_SECRET'] ?? 'demo-crm-secret',
    records: 'examples/crm/records.json',
    brand: process.env['CRM_BRAND'],
  }),
);
