import { nilUuid } from '../../src/platform/ids';
import { serviceSchemas } from '../../src/server/create-service';
import { listsOf, readList, type List } from './lists';
import { someOf } from './some-of';
import { settlingMs, startWorld, type World } from './world';

const { publicSchema } = serviceSchemas();

/** Lists without a row in this world: of people alone, of jobs, or deeper than an operation may go. */
const emptyHere = new Set([
  'customer.micronbox',
  'customer.micronbox.nodes.microns',
  'customer.consents.brand.reacquisitions',
  'customer.consents.brand.nextCandidates',
  'customer.consents.brand.reports',
  'customer.streaks.lastMessage.experiment.members',
  'customer.consents.brand.journeys.nodes.runs.nodes.steps',
]);
const lists = listsOf(publicSchema).filter(({ name }) => !emptyHere.has(name));

let w: World;
beforeAll(async () => (w = await startWorld()), settlingMs);
afterAll(() => w.close());

type Parts = (string | number)[];

const base64 = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

/** What a cursor of ours is made of. */
const partsOf = (cursor: string): Parts =>
  JSON.parse(Buffer.from(cursor.slice(1), 'base64url').toString()) as Parts;

/** A copy with every part of one kind replaced. */
const withTimes = (parts: Parts, time: string): string =>
  `1${base64(parts.map((part) => (String(part).includes('T') ? time : `${part}x`)))}`;

const wrong: Record<string, (good: string, parts: Parts) => unknown> = {
  nothing: () => '',
  'a word': () => 'x',
  'one letter less': (good) => good.slice(0, -1),
  'the last half alone': (good) => good.slice(good.length / 2),
  'another version': (good) => `2${good.slice(1)}`,
  'no version': (good) => good.slice(1),
  padding: (good) => `${good}=`,
  'a space': (good) => `${good} `,
  'a part more': (_, parts) => `1${base64([...parts, 1])}`,
  'a part less': (_, parts) => `1${base64(parts.slice(1))}`,
  'its parts as an object': (_, parts) =>
    `1${base64(Object.assign({}, parts, { length: parts.length }))}`,
  'its parts in a list of their own': (_, parts) => `1${base64([parts])}`,
  'text that is no JSON': () => `1${base64('[1')}`,
  'bytes that are no text': () => `1${Buffer.from([0xff, 0xfe]).toString('base64url')}`,
  nulls: (_, parts) => `1${base64(parts.map(() => null))}`,
  fractions: (_, parts) => `1${base64(parts.map(() => 1.5))}`,
  'a number beyond the exact ones': (_, parts) => `1${base64(parts.map(() => 2 ** 53))}`,
  SQL: (_, parts) => `1${base64(parts.map(() => `x' OR '1'='1`))}`,
  'a NUL': (_, parts) => `1${base64(parts.map(() => 'a\0'))}`,
  infinity: (_, parts) => withTimes(parts, 'infinity'),
  'a zone that PostgreSQL lacks': (_, parts) => withTimes(parts, '2026-01-01T00:00:00+23:00'),
  'a day that the calendar lacks': (_, parts) => withTimes(parts, '2026-02-30T00:00:00Z'),
  '70 levels': () => `1${base64('['.repeat(70))}`,
  '201 characters': () => `1${'A'.repeat(200)}`,
  '200,000 characters': () => `1${'A'.repeat(200_000)}`,
};

const aboutTime = new Set([
  'infinity',
  'a zone that PostgreSQL lacks',
  'a day that the calendar lacks',
]);

/** Of what kinds the parts of a cursor are. */
const kindsOf = (cursor: string): string =>
  partsOf(cursor)
    .map((part) => (typeof part === 'number' ? 'number' : part.includes('T') ? 'time' : 'id'))
    .join();

let byKinds: Map<string, string> | undefined;

/** A cursor of each form that lists have. */
async function cursorsByKinds(): Promise<Map<string, string>> {
  if (byKinds !== undefined) return byKinds;
  byKinds = new Map();
  for (const list of lists) {
    const { endCursor } = await readList(w, list, w.a, null);
    byKinds.set(kindsOf(endCursor as string), endCursor as string);
  }
  return byKinds;
}

test('every list has rows to page through, but those nobody has any in here (V15)', async () => {
  const empty: string[] = [];
  for (const list of listsOf(publicSchema)) {
    const { nodes } = await readList(w, list, w.a, null);
    if (nodes.length === 0) empty.push(list.name);
  }
  expect(empty.sort()).toEqual([...emptyHere].sort());
});

describe.each(lists.map((list, at): [string, List, number] => [list.name, list, at]))(
  'the list %s',
  (_, list, at) => {
    let good: string;
    beforeAll(async () => {
      const { endCursor } = await readList(w, list, w.a, null);
      good = endCursor as string;
    });

    test('goes on from a place whose row is gone (V15)', async () => {
      const gone = partsOf(good).map((part) =>
        /^[0-9a-f-]{36}$/.test(String(part)) ? nilUuid : part,
      );
      const { answer } = await readList(w, list, w.a, `1${base64(gone)}`);
      expect([answer.status, answer.codes]).toEqual([200, []]);
    });

    test('takes no cursor that is cut, padded, rewritten or of another version (V15)', async () => {
      // The parts of this one are texts, and what is no moment is a text as well.
      const ofTexts = list.name === 'exportCustomer';
      const mistakes = Object.entries(wrong).filter(([what]) => !ofTexts || !aboutTime.has(what));
      const tried = someOf(mistakes, 5, at);
      const reads = await Promise.all(
        tried.map(([, make]) => readList(w, list, w.a, make(good, partsOf(good)))),
      );
      const refused = { codes: ['BAD_USER_INPUT'], nodes: [] };
      expect(reads.map(({ answer: { codes }, nodes }) => ({ codes, nodes }))).toEqual(
        reads.map(() => refused),
      );
    });

    test('takes no cursor of a list that is sorted otherwise (V15)', async () => {
      const own = kindsOf(good);
      const others = [...(await cursorsByKinds())].filter(([kinds]) => kinds !== own);
      expect(others).not.toEqual([]);
      const reads = await Promise.all(others.map(([, cursor]) => readList(w, list, w.a, cursor)));
      expect(reads.map(({ answer }) => answer.codes)).toEqual(reads.map(() => ['BAD_USER_INPUT']));
    });

    test('shows a brand its own rows only, also from a place in the list of another (V15, T5)', async () => {
      const own = await readList(w, list, w.a, null);
      const theirs = await readList(w, list, w.b, null);
      expect([own.nodes, theirs.nodes]).not.toContainEqual([]);
      const from = await readList(w, list, w.a, theirs.endCursor);
      expect(from.answer.codes).toEqual([]);
      for (const node of from.nodes) expect(own.nodes).toContainEqual(node);
    });
  },
);

test.each(lists.map((list): [string, List] => [list.name, list]))(
  'the list %s has no page of 0, of 101 or of fewer than none (Q5)',
  async (_, list) => {
    const sizes = [0, -1, 101, 1_000_000];
    const reads = await Promise.all(sizes.map((size) => readList(w, list, w.a, null, size)));
    // In a page of another list, so many may first be too many together.
    const told = reads.map(({ answer: { codes }, nodes }) => [
      codes.length,
      codes[0],
      nodes.length,
    ]);
    const refused = [1, expect.stringMatching(/^(BAD_USER_INPUT|OPERATION_TOO_COMPLEX)$/), 0];
    expect(told).toEqual(sizes.map(() => refused));
    const most = await readList(w, list, w.a, null, 1);
    expect(most.answer.codes).toEqual([]);
  },
);
