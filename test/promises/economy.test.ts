import { dump } from '../support/dump';
import { assertBooks } from '../support/invariants';
import { Chance } from './economy/chance';
import { openMarket, type Market } from './economy/market';
import { moves } from './economy/moves';

const brands = 50;
const commands = 10_000;
const atOnce = 100;

const everyKind = [
  'ADJUSTMENT',
  'EXTINGUISH',
  'GIFT',
  'GRANT',
  'HOLD',
  'HOLD_CAPTURE',
  'HOLD_RELEASE',
  'ISSUE',
  'RESERVE',
  'RESERVE_RELEASE',
  'REVERSAL',
];

let market: Market;
beforeAll(async () => (market = await openMarket(brands)));
afterAll(() => market.t.close());

/** Lets everybody trade until as many commands were sent. */
async function trade(chance: Chance): Promise<void> {
  const bag = moves.flatMap(([weight, move]) => Array.from({ length: weight }, () => move));
  while (market.sent.length < commands) {
    const turns = Array.from({ length: atOnce }, () => ({
      move: chance.of(bag),
      stall: chance.of(market.stalls),
      own: new Chance(chance.below(2 ** 31)),
    }));
    await Promise.all(turns.map(({ move, stall, own }) => move(market, stall, own)));
  }
}

async function expireWhatIsLeft(): Promise<void> {
  const { t } = market;
  t.clock.offsetMs = 40 * 86_400_000;
  const { database, clock, log, config } = t.service;
  const context = { database, clock, log, config, limits: config.limits };
  for (const job of t.service.features.flatMap(({ jobs }) => jobs)) {
    while ((await job.run(context)) > 0);
  }
}

test('ten thousand mixed commands of fifty brands leave books that balance, and a replay changes nothing (P1, P2, P13, d5)', async () => {
  const chance = new Chance(20_261_122);
  await trade(chance);
  const kinds = new Set(market.sent.map(({ kind }) => kind));
  expect(market.sent.length).toBeGreaterThanOrEqual(commands);
  expect(kinds.size).toBeGreaterThanOrEqual(30);
  await assertBooks(market.t.database);

  await expireWhatIsLeft();
  await assertBooks(market.t.database);
  const open = await market.t.database.query(`SELECT FROM redemptions WHERE state = 'PENDING'`);
  expect(open).toEqual([]);

  // Whoever refuses everything keeps its books in order too.
  const posted = await market.t.database.query<{ kind: string; count: number }>(
    'SELECT kind, count(*)::integer AS count FROM transfers GROUP BY kind HAVING count(*) >= 10',
  );
  expect(posted.map(({ kind }) => kind).sort()).toEqual(everyKind);

  const before = await dump(market.t.database);
  const again = chance.shuffled([...market.sent, ...market.sent]);
  for (let start = 0; start < again.length; start += 2000) {
    const answers = await market.t.service.commands.submitAll(again.slice(start, start + 2000));
    expect(answers.filter(({ replayed }) => !replayed)).toEqual([]);
  }
  expect(await dump(market.t.database)).toEqual(before);
}, 240_000);
