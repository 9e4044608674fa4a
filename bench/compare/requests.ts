import { randomUUID } from 'node:crypto';
import type { Load } from './load';

/** Makes the requests of one connection pool, and says which answers are what was asked for. */
export interface Requests {
  next(): { key: string; body: string };
  isGood(answer: string): boolean;
}

const recordAttention = `mutation Record($input: RecordAttentionInput!) {
  recordAttention(input: $input) { grants { amount } wallet { balance } userErrors { code } } }`;
const recordBatch = `mutation Batch($input: RecordAttentionBatchInput!) {
  recordAttentionBatch(input: $input) {
    results { grants { amount } userErrors { code } } userErrors { code } } }`;

/** Events in one request of `recordAttentionBatch`. */
export const batchSize = 100;

/** A visit of a customer drawn by chance, with a new key. */
function visit(customers: number): object {
  return {
    customer: { externalId: `c-${Math.floor(Math.random() * customers)}` },
    action: 'VISIT',
    channel: 'WEB',
    idempotencyKey: randomUUID(),
  };
}

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}

/** The query is the load's own: each peer may have one of its own. */
function views({ keys, customers, query = '' }: Load): Requests {
  return {
    next() {
      const by = { externalId: `c-${Math.floor(Math.random() * customers)}` };
      return {
        key: keys[0] as string,
        body: JSON.stringify({ query, variables: { by } }),
      };
    },
    isGood: (answer) => answer.includes('@mail.example"') && !answer.includes('"errors"'),
  };
}

/** By what a load sends. */
export const requestsOf: Record<Load['what'], (load: Load) => Requests> = {
  view: views,
  event({ keys, customers }) {
    let sent = 0;
    return {
      next: () => ({
        key: keys[(sent += 1) % keys.length] as string,
        body: JSON.stringify({ query: recordAttention, variables: { input: visit(customers) } }),
      }),
      isGood: (answer) =>
        answer.includes('"grants":[{"amount":1}]') && answer.includes('"userErrors":[]}}'),
    };
  },
  batch({ keys, customers }) {
    let sent = 0;
    return {
      next() {
        const events = Array.from({ length: batchSize }, () => visit(customers));
        return {
          key: keys[(sent += 1) % keys.length] as string,
          body: JSON.stringify({ query: recordBatch, variables: { input: { events } } }),
        };
      },
      isGood: (answer) =>
        count(answer, '"grants":[{"amount":1}]') === batchSize &&
        count(answer, '"userErrors":[]') === batchSize + 1,
    };
  },
};
