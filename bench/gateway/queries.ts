import { customers } from './toy-data';

/** An operation that load is made of, with variables that differ from request to request. */
export interface BenchQuery {
  title: string;
  text: string;
  variables: (request: number) => Record<string, unknown>;
}

/** A customer's page: 20 events, 10 ledger entries, 5 orders, 3 tickets; about 9 kB of JSON. */
export const view: BenchQuery = {
  title: 'customer view over three subgraphs',
  text: `query View($id: ID!) {
    customer(id: $id) {
      id name email tier balance
      events(first: 20) { id action channel amount at message { id subject } }
      ledger(first: 10) { id amount balance reason at }
      orders(first: 5) { number status totalMinor items { sku name quantity } }
      tickets(first: 3) { id subject status openedAt }
    }
  }`,
  variables: (request) => ({ id: String(1 + (request % customers)) }),
};

/** Twenty customers, and of each what both partners know. */
export const list: BenchQuery = {
  title: '20 customers with orders and tickets',
  text: `query List($from: Int!) {
    customers(from: $from, first: 20) {
      id name balance
      orders(first: 2) { number status totalMinor }
      tickets(first: 1) { id subject status }
    }
  }`,
  variables: (request) => ({ from: 1 + (request % (customers - 20)) }),
};

/** The part of the customer view that is ours. */
export const own: BenchQuery = {
  title: 'our own fields only',
  text: `query Own($id: ID!) {
    customer(id: $id) {
      id name email tier balance
      events(first: 20) { id action channel amount at message { id subject } }
      ledger(first: 10) { id amount balance reason at }
    }
  }`,
  variables: view.variables,
};
