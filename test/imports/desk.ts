import { features } from '../../src/server/features';
import { type Lab, runJobs } from '../experiments/lab';
import { newKey, type Data } from '../support/test-service';

/** What the calls of a shop's customer data platform mean here. */
export const mapping = {
  customer: [
    { kind: 'EXTERNAL_ID', path: ['userId'] },
    { kind: 'EMAIL', path: ['context', 'traits', 'email'] },
    { kind: 'DEVICE', path: ['anonymousId'] },
  ],
  createCustomers: true,
  rules: [
    {
      type: 'TRACK',
      event: 'Email Opened',
      becomes: { attention: { action: 'OPEN', channel: 'EMAIL' } },
    },
    {
      type: 'TRACK',
      event: 'Email Link Clicked',
      becomes: {
        attention: { action: 'CLICK', channelPath: ['properties', 'channel'], channel: 'EMAIL' },
      },
    },
    {
      type: 'TRACK',
      event: 'Order Completed',
      becomes: {
        order: {
          externalIdPath: ['properties', 'order_id'],
          amountPath: ['properties', 'total'],
          currencyPath: ['properties', 'currency'],
          itemsPath: ['properties', 'products'],
        },
      },
    },
    { type: 'TRACK', event: 'Product Viewed', becomes: { nothing: true } },
    {
      type: 'PAGE',
      becomes: { attention: { action: 'VISIT', channel: 'WEB', properties: ['path'] } },
    },
    { type: 'IDENTIFY', becomes: { identify: { traits: ['name'] } } },
  ],
};

/** Runs the jobs of imports until nothing waits. */
export async function work(lab: Lab): Promise<void> {
  await runJobs(lab.t, features.find(({ name }) => name === 'imports')?.jobs ?? []);
}

const agoMs = (ms: number): string => new Date(Date.now() - ms).toISOString();

/** A call as a customer data platform sends it, a minute ago. */
export function call(type: string, said: Data = {}): Data {
  return {
    type,
    messageId: `ajs-${newKey()}`,
    timestamp: agoMs(60_000),
    sentAt: agoMs(59_000),
    receivedAt: agoMs(58_000),
    context: { library: { name: 'analytics.js', version: '2.1.0' }, ip: '203.0.113.7' },
    integrations: { All: true },
    ...said,
  };
}

/** Somebody did something. */
export const track = (event: string, userId: string, said: Data = {}): Data =>
  call('track', { event, userId, properties: {}, ...said });

/** Sends events; the import they are in, before it is worked off. */
export const bring = (lab: Lab, events: Data[], input: Data = {}): Promise<Data> => {
  const how = ['importJob', 'mappingKey', 'mapping'].some((name) => name in input)
    ? input
    : { mapping, ...input };
  // As JSON has them: what is undefined is not there.
  return lab.do('import-events', { events: JSON.parse(JSON.stringify(events)) as Data[], ...how });
};

const standing = `query ($id: ID!) { importJob(id: $id) { id status backfill received recorded duplicates refused
  ignored finishedAt refusals(first: 100) { nodes { index code field message event } } } }`;

/** How an import stands, with its refusals. */
export async function standingOf(lab: Lab, id: string, bearer?: string): Promise<Data> {
  const { importJob } = await lab.read(standing, { id }, bearer);
  if (importJob === null) return {};
  const { refusals, ...rest } = importJob as Data;
  return { ...rest, refusals: refusals.nodes as Data[] };
}

/** Sends events, works everything off, and answers how the import stands then. */
export async function imported(lab: Lab, events: Data[], input: Data = {}): Promise<Data> {
  const { importJob } = await bring(lab, events, input);
  await work(lab);
  return standingOf(lab, importJob['id'] as string);
}

const view = `query ($by: CustomerBy!) { customer(by: $by) { id externalId traits
  attention(first: 100) { nodes { action channel occurredAt properties } }
  purchases(first: 100) { nodes { externalId items } }
  wallet { balance } } }`;

/** What is known of a customer. */
export async function person(lab: Lab, externalId: string): Promise<Data | null> {
  const { customer } = await lab.read(view, { by: { externalId } });
  return customer as Data | null;
}
