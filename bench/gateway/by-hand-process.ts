import * as graphql from 'graphql';
import { createServer } from 'node:http';
import { Pool } from 'undici';
import { announce, toyGraph } from './engine';
import { listenOnAnyPort, readText } from './plain-http';
import { list, own } from './queries';
import { rewardsSchema } from './toy-schemas';

const ordersOfView = 'orders(first: 5) { number status totalMinor items { sku name quantity } }';
const ticketsOfView = 'tickets(first: 3) { id subject status openedAt }';
const ordersOfList = 'orders(first: 2) { number status totalMinor }';
const ticketsOfList = 'tickets(first: 1) { id subject status }';

type Customer = Record<string, unknown> & { id: string };

/**
 * What somebody would write who needs these two queries and no other: Node's own HTTP server, our
 * schema in process, both partners asked at once for what is known beforehand. No GraphQL is read.
 */
async function main(): Promise<void> {
  const schema = rewardsSchema(graphql);
  const toy = toyGraph();
  if (toy === null) throw new Error('there is no toy graph');
  const partners = { orders: new Pool(toy.ordersUrl), crm: new Pool(toy.crmUrl) };
  const ours = {
    View: graphql.parse(own.text),
    List: graphql.parse(
      'query($from: Int!) { customers(from: $from, first: 20) { id name balance } }',
    ),
  };
  const askOurs = async (document: graphql.DocumentNode, variableValues: object) => {
    const answer = await graphql.execute({
      schema,
      document,
      variableValues: { ...variableValues },
    });
    return answer.data as { customer?: Customer; customers?: Customer[] };
  };
  const entities = async (pool: Pool, selection: string, ids: string[]): Promise<Customer[]> => {
    const query = `query($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { ${selection} } } }`;
    const r = ids.map((id) => ({ __typename: 'Customer', id }));
    const { body } = await pool.request({
      method: 'POST',
      path: '/',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables: { r } }),
    });
    return ((await body.json()) as { data: { _entities: Customer[] } }).data._entities;
  };
  const viewOf = async (id: string): Promise<unknown> => {
    const [{ customer }, orders, tickets] = await Promise.all([
      askOurs(ours.View, { id }),
      entities(partners.orders, ordersOfView, [id]),
      entities(partners.crm, ticketsOfView, [id]),
    ]);
    return { customer: { ...customer, ...orders[0], ...tickets[0] } };
  };
  const listOf = async (from: number): Promise<unknown> => {
    const { customers = [] } = await askOurs(ours.List, { from });
    const ids = customers.map(({ id }) => id);
    const [orders, tickets] = await Promise.all([
      entities(partners.orders, ordersOfList, ids),
      entities(partners.crm, ticketsOfList, ids),
    ]);
    return { customers: customers.map((row, at) => ({ ...row, ...orders[at], ...tickets[at] })) };
  };
  const server = createServer((request, response) => {
    void readText(request).then(async (text) => {
      const { query, variables } = JSON.parse(text) as {
        query: string;
        variables: { id: string; from: number };
      };
      const data = query === list.text ? listOf(variables.from) : viewOf(variables.id);
      const body = Buffer.from(JSON.stringify({ data: await data }));
      const type = 'application/json; charset=utf-8';
      response.writeHead(200, { 'content-type': type, 'content-length': body.byteLength });
      response.end(body);
    });
  });
  server.keepAliveTimeout = 600_000;
  announce({ graphql: await listenOnAnyPort(server) });
}

void main();
