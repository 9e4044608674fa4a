import { segmentCustomers } from '../../src/segments/bands/segment-customers.job';
import { judgeSegments } from '../../src/segments/judge-segments.job';
import type { Data, TestService } from '../support/test-service';

/** Judges until nobody is left to be judged. */
export async function judgeAll(t: TestService): Promise<void> {
  const { config, database, clock, log } = t.service;
  const context = { config, database, clock, log, limits: config.limits };
  while ((await judgeSegments.run(context)) > 0);
}

/** What was announced under a topic since an id of the outbox, oldest first. */
export async function told(t: TestService, topic: string, since = '0'): Promise<Data[]> {
  const rows = await t.database.query<{ payload: Data }>(
    'SELECT payload FROM outbox WHERE topic = $1 AND id > $2 ORDER BY id',
    [topic, since],
  );
  return rows.map(({ payload }) => payload);
}

/** The newest id of the outbox. */
export async function mark(t: TestService): Promise<string> {
  const [row] = await t.database.query<{ id: string }>(
    'SELECT coalesce(max(id), 0)::text AS id FROM outbox',
  );
  return (row as { id: string }).id;
}

const segmentQuery = `query ($id: ID!, $first: Int, $after: String) {
  segment(id: $id) { id name version filling condition size { customers asOf modelVersion }
    members(first: $first, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } } }`;

/** A segment as its brand sees it, with the ids of all members. */
export async function segmentOf(
  t: TestService,
  bearer: string,
  id: string,
  first = 100,
): Promise<{ segment: Data; members: string[] }> {
  const members: string[] = [];
  for (let after: string | null = null; ;) {
    const { data, errors } = await t.run(segmentQuery, { id, first, after }, bearer);
    if (errors !== undefined) throw new Error(errors[0]?.message);
    const segment = data['segment'] as Data;
    members.push(...(segment['members'].nodes as { id: string }[]).map((node) => node.id));
    const { hasNextPage, endCursor } = segment['members'].pageInfo;
    if (!hasNextPage) return { segment, members };
    after = endCursor as string;
  }
}

/** Divides every brand's customers that are to be divided now. */
export async function divideAll(t: TestService): Promise<void> {
  const { config, database, clock, log } = t.service;
  const context = { config, database, clock, log, limits: config.limits };
  while ((await segmentCustomers.run(context)) > 0);
}
