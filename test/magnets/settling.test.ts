import { brandId } from '../../src/brands';
import { customerId } from '../../src/customers';
import { magnetId, submitResponses } from '../../src/magnets';
import { Game } from './game';
import { prediction, Stand } from './stand';

let stand: Stand;
let game: Game;

beforeAll(async () => {
  stand = await Stand.open('stadium', 1_000_000);
  game = new Game(stand);
});
afterAll(() => stand.close());

it('five thousand responses are settled in turns, each exactly once', async () => {
  const magnet = await stand.magnet(prediction());
  const many = 5000;
  const brand = brandId.decode(stand.brand.id) as string;
  const rows = await stand.t.database.query<{ id: string }>(
    `WITH made AS (INSERT INTO customers (id, created_at)
       SELECT gen_random_uuid(), now() FROM generate_series(1, $2) RETURNING id)
     INSERT INTO relationships (brand_id, customer_id, created_at, updated_at)
     SELECT $1, id, now(), now() FROM made RETURNING customer_id AS id`,
    [brand, many],
  );
  const uuid = magnetId.decode(magnet);
  for (let at = 0; at < many; at += 500) {
    const items = rows.slice(at, at + 500).map(({ id }, place) => ({
      brandId: brand,
      customerId: id,
      magnetId: uuid,
      answer: { prediction: { choice: place % 3 } },
      byOwner: false,
    }));
    const outcomes = await stand.t.service.database.transact(stand.t.clock, (tx) =>
      submitResponses(tx, items),
    );
    expect(outcomes.flatMap(({ userErrors }) => userErrors)).toEqual([]);
  }
  const before = await stand.funds();
  expect(await game.resolve(magnet, 0)).toMatchObject({
    magnet: { settledAt: null },
    userErrors: [],
  });
  const outcomes = () =>
    stand.t.database.query(
      `SELECT outcome, count(*)::integer AS responses, sum(payout)::integer AS paid
       FROM magnet_responses WHERE magnet_id = $1 GROUP BY outcome ORDER BY outcome`,
      [uuid],
    );
  expect(await outcomes()).toContainEqual({ outcome: 'PENDING', responses: 4500, paid: 0 });
  const both = await Promise.all([game.settleAll(), game.settleAll()]);
  expect(both[0] + both[1]).toBeGreaterThan(8);
  const right = Array.from({ length: many }, (_, at) => (at % 500) % 3).filter(
    (one) => one === 0,
  ).length;
  expect(await outcomes()).toEqual([
    { outcome: 'RIGHT', responses: right, paid: 10 * right },
    { outcome: 'WRONG', responses: many - right, paid: 0 },
  ]);
  const wallet = await stand.t.database.query(
    `SELECT a.balance::integer AS balance, count(*)::integer AS wallets FROM accounts a
     JOIN magnet_responses r ON r.customer_id = a.owner AND r.magnet_id = $1
     WHERE a.kind = 'WALLET' GROUP BY a.balance ORDER BY a.balance`,
    [uuid],
  );
  expect(wallet).toEqual([
    { balance: 1, wallets: many - right },
    { balance: 11, wallets: right },
  ]);
  expect(await stand.funds()).toEqual({
    budget: before.budget + 10 * (many - right),
    reserved: before.reserved - 10 * many,
  });
  expect((await game.seen(magnet)).settledAt).not.toBeNull();
  expect(await stand.balance(customerId.encode(rows[0]?.id as string))).toBe(11);
}, 120_000);
