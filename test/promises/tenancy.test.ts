import fc from 'fast-check';
import { reckon } from '../analytics/desk';
import { divideAll, judgeAll } from '../segments/desk';
import { hold } from '../support/property';
import { patienceMs } from '../support/seeded';
import { startTestService, type TestService } from '../support/test-service';
import { anyMove, type Ask } from './tenancy/asks';
import { anyId, Party } from './tenancy/party';
import { viewAll } from './tenancy/views';

/*
 * Nothing a brand is answered may depend on another brand. A random history is told for brand A alone,
 * and again in another world with brand B's in between, about the same people. Every answer and every
 * view of A must be the same. A and B spend no more than their own share of a wallet: that a person may
 * spend with one brand what another has given is the purpose of Mu, and the one thing a brand could see.
 */

let t: TestService;
let worlds = 0;

beforeAll(async () => {
  t = await startTestService();
});

afterAll(() => t.close());

/** An answer without what differs from world to world: its name, ids, moments, cursors, signed links. */
function masked(value: unknown, world: string): unknown {
  const ids: string[] = [];
  const text = JSON.stringify(value, (name, inner: unknown) =>
    /(?:cursor|url)$/i.test(name) && typeof inner === 'string' ? 'sealed' : inner,
  )
    .replaceAll(`${world}-`, '')
    .replace(/\d{4}-\d\d-\d\d(?:T[\d:.]+Z)?/g, 'moment')
    .replace(anyId, (id) => {
      if (!ids.includes(id)) ids.push(id);
      return `${id.slice(0, 3)} ${ids.indexOf(id)}`;
    });
  return JSON.parse(text);
}

interface Move {
  byB: boolean;
  ask: Ask;
}

/** Tells a history, B's part in it or not; answers all that A was told and can see. */
async function tell(moves: readonly Move[], withB: boolean): Promise<unknown> {
  const world = `w${(worlds += 1)}`;
  const a = await Party.create(t, world, 'a');
  const b = withB ? await Party.create(t, world, 'b') : null;
  for (const person of [0, 1, 2]) {
    if (person !== 2) await b?.identify(person, { secret: 'of b' });
    await a.identify(person, {});
    await b?.identify(person, { secret: 'of b' });
  }
  for (const person of [0, 1, 2]) {
    await b?.do({ do: 'attend', who: person, which: null, action: 'SCAN', machine: false });
    await a.do({ do: 'attend', who: person, which: null, action: 'SCAN', machine: false });
  }
  for (const { byB, ask } of moves) await (byB ? b : a)?.do(ask);
  // What is kept of a whole base is found by jobs.
  await judgeAll(t);
  await divideAll(t);
  await reckon(t);
  return masked([a.answers, await viewAll(t, a.brand.apiKey, a.names())], world);
}

it(
  'nothing a brand is told or shows depends on what another does with the same people (P16, P7, d6)',
  async () => {
    const history = fc.array(anyMove, { minLength: 1, maxLength: 60, size: 'max' });
    const property = fc.asyncProperty(history, async (moves) => {
      expect(await tell(moves, true)).toEqual(await tell(moves, false));
    });
    await hold(property, 3);
  },
  patienceMs,
);

describe('two brands at one time', () => {
  let a: Party;
  let b: Party;

  beforeAll(async () => {
    const world = `w${(worlds += 1)}`;
    a = await Party.create(t, world, 'a', 1_000_000);
    b = await Party.create(t, world, 'b', 1_000_000);
    for (const party of [a, b]) {
      await party.identify(0, { name: party.brand.slug });
      await party.do({ do: 'message', openMu: 2, audience: 4 });
      await party.do({ do: 'deliver', who: 0, which: 0 });
      await party.do({ do: 'attend', who: 0, which: null, action: 'SCAN', machine: false });
      await party.do({ do: 'attend', who: 0, which: 0, action: 'OPEN', machine: false });
      await party.do({ do: 'redeem', who: 0, part: 2 });
      await party.do({ do: 'purchase', who: 0, items: 1 });
      await party.do({ do: 'item', price: 5 });
      await party.do({ do: 'order', who: 0, amount: 90, driver: 'CRM' });
      await party.do({ do: 'consent', who: 0, granted: true });
      await party.do({ do: 'consent', who: 0, granted: false });
      await party.do({ do: 'score', who: 0, value: 5 });
      await party.do({ do: 'spend', amount: 90 });
      await party.do({ do: 'acquire', who: 0, route: 'ADTECH' });
      await party.do({ do: 'segment', which: 0, atLeast: 1 });
      await party.doEverything();
    }
  });

  it('are done what they ask', () => {
    const refused = [a, b].flatMap(({ answers }) =>
      answers.filter(
        ({ errors, payload }) => errors !== undefined || payload.userErrors.length > 0,
      ),
    );
    expect(refused).toEqual([]);
  });

  it('are each shown their own, however their requests mingle in one process (T12)', async () => {
    const [ofA, ofB] = [a.names(), b.names()];
    const alone = [await viewAll(t, a.brand.apiKey, ofA), await viewAll(t, b.brand.apiKey, ofB)];
    const together = await Promise.all([
      viewAll(t, a.brand.apiKey, ofA),
      viewAll(t, b.brand.apiKey, ofB),
      viewAll(t, a.brand.apiKey, ofA),
      viewAll(t, b.brand.apiKey, ofB),
    ]);
    // Ids stay as they are: it is their owner that is asked about. What is reckoned now says when.
    const timeless = (views: object[]) =>
      views.map((view) => JSON.stringify(view).replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'moment'));
    expect(timeless(together)).toEqual(timeless([...alone, ...alone]));
  });

  it('are shown nothing by an id of the other, as by an id nobody has (P16, T5)', async () => {
    const { ids } = b.names();
    const shared = a.names().ids;
    const foreign = ids.filter((id) => !shared.includes(id));
    expect(new Set(foreign.map((id) => id.slice(0, 3))).size).toBeGreaterThan(28);
    const view = await viewAll(t, a.brand.apiKey, {
      ids: foreign,
      customers: [],
      slugs: [b.brand.slug],
    });
    const found = Object.entries(view)
      .filter(([call]) => /\b(?:id|poolId|messageId): /.test(call) || call === '_entities')
      .filter(
        ([, answer]) =>
          JSON.stringify(answer).includes('":"') || /"errors":\[/.test(JSON.stringify(answer)),
      );
    expect(found).toEqual([]);
    expect(view['_entities'].found.every((entity: unknown) => entity === null)).toBe(true);
  });
});
