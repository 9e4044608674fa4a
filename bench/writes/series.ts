import { randomUUID } from 'node:crypto';
import { customers, type Subject } from './subject';

/** A way of writing: what one request holds and how many are sent in a round. */
export interface Series {
  title: string;
  connections: number;
  requests: number;
  /** What is counted: events or deliveries of one request. */
  each: number;
  body: (subject: Subject, request: number) => object;
}

const batch = 100;

function event(n: number): object {
  return {
    customer: { externalId: `c-${n % customers}` },
    action: 'VISIT',
    channel: 'WEB',
    idempotencyKey: randomUUID(),
  };
}

const recordAttention = `mutation One($input: RecordAttentionInput!) {
  recordAttention(input: $input) { grants { amount } wallet { balance } userErrors { code } } }`;
const recordBatch = `mutation Batch($input: RecordAttentionBatchInput!) {
  recordAttentionBatch(input: $input) { results { userErrors { code } } } }`;
const recordDeliveries = `mutation Sent($input: RecordDeliveriesInput!) {
  recordDeliveries(input: $input) { recorded userErrors { code } } }`;

const perMessage = customers / batch;

export const series: Series[] = [
  {
    title: 'recordAttention, 1 connection',
    connections: 1,
    requests: 300,
    each: 1,
    body: (_, n) => ({ query: recordAttention, variables: { input: event(n) } }),
  },
  {
    title: 'recordAttention, 64 connections',
    connections: 64,
    requests: 4000,
    each: 1,
    body: (_, n) => ({ query: recordAttention, variables: { input: event(n) } }),
  },
  {
    title: `recordAttentionBatch of ${batch}, 4 connections`,
    connections: 4,
    requests: 60,
    each: batch,
    body: (_, n) => {
      const events = Array.from({ length: batch }, (__, at) => event(n * batch + at));
      return { query: recordBatch, variables: { input: { events } } };
    },
  },
  {
    title: `recordDeliveries of ${batch}, 4 connections`,
    connections: 4,
    requests: 60,
    each: batch,
    body: ({ messages }, n) => {
      const from = (n % perMessage) * batch;
      const named = Array.from({ length: batch }, (__, at) => ({ externalId: `c-${from + at}` }));
      const messageId = messages[Math.floor(n / perMessage) % messages.length];
      const input = { messageId, customers: named, idempotencyKey: randomUUID() };
      return { query: recordDeliveries, variables: { input } };
    },
  },
];
