import { readFileSync } from 'node:fs';
import { serve, type Served } from '../partner/serve';
import { makeSubgraph } from '../partner/subgraph';
import { crmContext, crmFields, references, type CrmContext } from './graph';
import { Desk, type Records } from './desk';

/** Where the CRM listens, what it knows, and for whom. */
export interface CrmOptions {
  port: number;
  secret: string;
  /** A JSON file of contacts and tickets. */
  records: string;
  /** Id of the brand whose tickets these are; any brand that asks, when absent. */
  brand?: string;
}

/** Starts the CRM's subgraph, which keeps what it is told in memory. */
export async function startCrm({ port, secret, records, brand }: CrmOptions): Promise<Served> {
  const desk = new Desk(JSON.parse(readFileSync(records, 'utf8')) as Records);
  const sdl = readFileSync('examples/crm/schema.graphql', 'utf8');
  return serve<CrmContext>({
    subgraph: makeSubgraph(sdl, crmFields(desk), references),
    port,
    secret: { header: 'x-crm-secret', value: secret },
    contextFor: (caller) => crmContext(caller, desk, brand),
  });
}
