import { brandId } from '../../src/brands';
import { customerId } from '../../src/customers';
import { accounts, Posting } from '../../src/ledger';
import {
  magnetId,
  readMagnets,
  submitResponses,
  type ResponseItem,
  type ResponseOutcome,
} from '../../src/magnets';
import { idKind } from '../../src/platform/ids';
import { poll, quiz, Stand } from './stand';

let stand: Stand;
let brand: string;

beforeAll(async () => {
  stand = await Stand.open('door-brand', 1000);
  brand = brandId.decode(stand.brand.id) as string;
});
afterAll(() => stand.close());

function item(magnet: string, customer: string, more: Partial<ResponseItem>): ResponseItem {
  return {
    brandId: brand,
    magnetId: magnetId.decode(magnet),
    customerId: customerId.decode(customer) as string,
    answer: { quiz: [0, 1] },
    byOwner: false,
    ...more,
  };
}

/** Sets Mu aside for a purpose, as a claim does; answers the purpose. */
async function setAside(amount: number): Promise<string> {
  const purpose = idKind('tst').create();
  const [debit, credit] = [accounts.budget(brand), accounts.reserve(brand, purpose)];
  await stand.t.service.database.transact(stand.t.clock, async (tx) => {
    const posting = await Posting.open(tx, [debit, credit], []);
    posting.transfer({ kind: 'RESERVE', debit, credit, amount, reason: 'a test', brandId: brand });
    await posting.flush();
  });
  return purpose;
}

function submit(items: ResponseItem[]): Promise<ResponseOutcome[]> {
  return stand.t.service.database.transact(stand.t.clock, (tx) => submitResponses(tx, items));
}

it('reads magnets of a list in order, another brand’s and unknown ones as none', async () => {
  const [one, two] = [await stand.magnet(quiz()), await stand.magnet(poll())];
  const uuids = [one, two].map((id) => magnetId.decode(id) as string);
  const other = brandId.decode((await stand.beside('door-other')).brand.id) as string;
  const refs = [
    { brandId: brand, id: uuids[1] as string },
    null,
    { brandId: other, id: uuids[0] as string },
    { brandId: brand, id: uuids[0] as string },
  ];
  const rows = await stand.t.service.database.transact(stand.t.clock, (tx) =>
    readMagnets(tx, refs),
  );
  expect(rows.map((row) => row?.kind ?? null)).toEqual(['POLL', null, null, 'QUIZ']);
});

it('pays an answer out of what was set aside for a purpose, and not out of the budget', async () => {
  const [magnet, customer] = [await stand.magnet(quiz(5, 2)), await stand.customer()];
  const purposeId = await setAside(10);
  const before = await stand.funds();
  const [outcome] = await submit([item(magnet, customer, { purposeId })]);
  expect(outcome).toMatchObject({ response: { mu: 10 }, wallet: { balance: 10 }, userErrors: [] });
  expect(await stand.funds()).toEqual({ budget: before.budget, reserved: before.reserved - 10 });
});

it('takes an answer that was given before the magnet ended', async () => {
  const endsAt = new Date(Date.now() + 60_000).toISOString();
  const [magnet, customer] = [await stand.magnet(quiz(1, 2), { endsAt }), await stand.customer()];
  const answeredAt = new Date();
  stand.t.clock.offsetMs = 120_000;
  const late = await submit([item(magnet, customer, {})]);
  expect(late).toMatchObject([{ userErrors: [{ code: 'MAGNET_CLOSED' }] }]);
  const early = await submit([item(magnet, customer, { answeredAt })]);
  expect(early).toMatchObject([{ response: { mu: 2 }, userErrors: [] }]);
  stand.t.clock.offsetMs = 0;
});

it('judges a list in order, so that of two answers of one customer the first counts', async () => {
  const [magnet, one, two] = [
    await stand.magnet(quiz(5, 2)),
    await stand.customer(),
    await stand.customer(),
  ];
  const outcomes = await submit([
    item(magnet, one, { answer: { quiz: [0, 0] } }),
    item(magnet, one, { answer: { quiz: [0, 1] } }),
    item(magnet, two, { answer: { poll: 1 } }),
    item(magnet, two, { answer: { quiz: [0, 1] } }),
  ]);
  expect(outcomes.map(({ response, userErrors }) => response?.mu ?? userErrors[0]?.code)).toEqual([
    5,
    'ALREADY_ANSWERED',
    'INVALID_VALUE',
    10,
  ]);
});
