import type { IdentifyAnswer } from '../../src/customers/identify-customer.command';
import { brandId } from '../../src/brands';
import {
  newKey,
  startTestService,
  type TestBrand,
  type TestService,
} from '../support/test-service';
import { find, identify, idOf } from './people';

/** Called before each statement of the first service's writers. */
let beforeStatement: (text: string) => void | Promise<void> = () => undefined;
const batches: { kind: string; size: number }[] = [];

let t: TestService;
/** Another process on the same data. */
let second: TestService;
let brands: TestBrand[];
let brand: TestBrand;

beforeAll(async () => {
  t = await startTestService({
    hooks: {
      beforeStatement: (text) => beforeStatement(text),
      report: ({ kind, size }) => void batches.push({ kind, size }),
    },
  });
  second = await startTestService({ database: t.database });
  brands = [];
  for (let at = 1; at <= 8; at += 1) brands.push(await t.createBrand(`brand-${at}`));
  brand = brands[0] as TestBrand;
});

afterAll(async () => {
  await second.close();
  await t.close();
});

afterEach(() => {
  beforeStatement = () => undefined;
});

async function countOf(table: string): Promise<number> {
  const [row] = await t.database.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM ${table}`,
  );
  return row?.count ?? 0;
}

/** Submits in one turn of the event loop, so that one transaction takes all. */
async function together(
  brandOf: (at: number) => TestBrand,
  inputs: Record<string, unknown>[],
): Promise<IdentifyAnswer[]> {
  const answered = inputs.map((input, at) => {
    const tenant = brandId.decode(brandOf(at).id) as string;
    const command = { kind: 'identifyCustomer', scope: tenant, tenant, key: newKey(), input };
    return t.service.commands.submit<IdentifyAnswer>(command);
  });
  return (await Promise.all(answered)).map(({ answer }) => answer);
}

test('64 calls of 8 brands in two processes about one new e-mail make one customer', async () => {
  const before = await countOf('customers');
  const calls = Array.from({ length: 64 }, (_, at) =>
    idOf(at % 2 === 0 ? t : second, brands[(at >> 1) % 8] as TestBrand, {
      email: 'crowd@example.in',
      phone: '+919820000064',
    }),
  );

  expect(new Set(await Promise.all(calls)).size).toBe(1);
  expect(await countOf('customers')).toBe(before + 1);
});

test('64 calls with one new externalId and 64 e-mails make one customer', async () => {
  const before = await countOf('customers');
  const calls = Array.from({ length: 64 }, (_, at) =>
    idOf(at % 2 === 0 ? t : second, brand, {
      externalId: 'crowd',
      email: `crowd-${at}@example.in`,
      traits: { [`t${at % 32}`]: at },
    }),
  );

  expect(new Set(await Promise.all(calls)).size).toBe(1);
  expect(await countOf('customers')).toBe(before + 1);
  const customer = await find(t, brand.apiKey, { externalId: 'crowd' });
  expect(customer?.['identities']).toHaveLength(64);
  expect(Object.keys(customer?.['traits'])).toHaveLength(32);
});

describe('calls in one transaction', () => {
  test('about one new e-mail make one customer, whatever the brands', async () => {
    const email = 'batch@example.in';
    const answers = await together((at) => brands[at % 8] as TestBrand, Array(24).fill({ email }));

    expect(new Set(answers.map((answer) => answer.customer)).size).toBe(1);
    expect(answers.every((answer) => answer.userErrors.length === 0)).toBe(true);
  });

  test('each sees the effects of those before it', async () => {
    const [mine, theirs, linked, refused, found] = await together(
      () => brand,
      [
        { externalId: 's-1', email: 'seq-1@example.in', traits: { name: 'One', city: 'Pune' } },
        { externalId: 's-2', phone: '+919820077777' },
        { externalId: 's-1', email: 'seq-2@example.in', traits: { city: null } },
        { externalId: 's-2', email: 'seq-2@example.in' },
        { email: 'seq-2@example.in', confirmed: ['EMAIL'] },
      ],
    );

    expect(linked?.customer).toBe(mine?.customer);
    expect(theirs?.customer).not.toBe(mine?.customer);
    expect(refused?.userErrors).toMatchObject([{ code: 'ALREADY_EXISTS', field: ['email'] }]);
    expect(found?.customer).toBe(mine?.customer);
    expect(await find(t, brand.apiKey, { externalId: 's-1' })).toMatchObject({
      email: 'seq-2@example.in',
      traits: { name: 'One' },
      identities: expect.arrayContaining([
        expect.objectContaining({ value: 'seq-2@example.in', confirmedAt: expect.any(String) }),
        expect.objectContaining({ value: 'seq-1@example.in', confirmedAt: null }),
      ]),
    });
  });

  test('a line one brand adds leads another to a customer it knows by other data', async () => {
    const [first, other] = brands as [TestBrand, TestBrand];
    await identify(t, first, { externalId: 'line-1', phone: '+919820088888' });
    await identify(t, other, { externalId: 'line-2', phone: '+919820088888' });

    const answers = await together(
      (at) => [first, other][at] as TestBrand,
      [{ externalId: 'line-1', email: 'line@example.in' }, { email: 'line@example.in' }],
    );

    expect(answers.map((answer) => answer.userErrors)).toEqual([[], []]);
    const known = await find(t, other.apiKey, { externalId: 'line-2' });
    expect(await find(t, other.apiKey, { email: 'line@example.in' })).not.toMatchObject({
      id: known?.['id'],
    });
  });

  test('500 take as many statements as one', async () => {
    const statementsOf = async (inputs: Record<string, unknown>[]): Promise<number> => {
      let statements = 0;
      batches.length = 0;
      beforeStatement = () => void (statements += 1);
      await together(() => brand, inputs);
      expect(batches).toEqual([{ kind: 'identifyCustomer', size: inputs.length }]);
      return statements;
    };
    const input = (at: number, round: string): Record<string, unknown> => ({
      externalId: `many-${at}`,
      email: `many-${at}-${round}@example.in`,
      traits: { round },
      consents: [{ purpose: 'MESSAGES', granted: true }],
    });
    const of = (round: string, from: number, count: number): Record<string, unknown>[] =>
      Array.from({ length: count }, (_, at) => input(from + at, round));

    const oneNew = await statementsOf(of('first', 0, 1));
    const manyNew = await statementsOf(of('first', 1, 500));
    const oneKnown = await statementsOf(of('second', 0, 1));
    const manyKnown = await statementsOf(of('second', 1, 500));

    expect([manyNew, manyKnown]).toEqual([oneNew, oneKnown]);
    expect(Math.max(manyNew, manyKnown)).toBeLessThanOrEqual(11);
  });
});

describe('somebody faster in another process', () => {
  /** Lets the second process act once, right before the first sends a statement that starts so. */
  function overtake(table: string, act: () => Promise<unknown>): () => number {
    let tries = 0;
    beforeStatement = async (text) => {
      if (!text.trimStart().startsWith(table)) return;
      tries += 1;
      if (tries === 1) await act();
    };
    return () => tries;
  }

  test('with a line of the directory: both end in one customer', async () => {
    const other = brands[1] as TestBrand;
    const email = 'race-1@example.in';
    let theirs = '';
    const tries = overtake('INSERT INTO identities', async () => {
      theirs = await idOf(second, other, { email });
    });

    expect(await idOf(t, brand, { email })).toBe(theirs);
    expect(tries()).toBe(1);
  });

  test('with an externalId: both end in one customer, with what both said', async () => {
    const externalId = 'race-2';
    let theirs = '';
    const tries = overtake('INSERT INTO relationships', async () => {
      theirs = await idOf(second, brand, { externalId, traits: { theirs: 1 } });
    });

    const { customer } = await identify(t, brand, { externalId, traits: { mine: 2 } });
    expect(customer).toMatchObject({ id: theirs, traits: { theirs: 1, mine: 2 } });
    expect(tries()).toBe(1);
  });

  test('with an externalId for another customer: the later call is refused', async () => {
    const externalId = 'race-3';
    const email = 'race-3@example.in';
    await identify(t, brand, { email });
    const tries = overtake('UPDATE relationships', () => identify(second, brand, { externalId }));

    const { userErrors } = await identify(t, brand, { externalId, email });
    expect(userErrors).toMatchObject([{ code: 'ALREADY_EXISTS', field: ['email'] }]);
    expect(tries()).toBe(1);
  });

  test('with an address of the brand: the later call is refused', async () => {
    const email = 'race-4@example.in';
    await identify(t, brands[2] as TestBrand, { email });
    await identify(t, brand, { externalId: 'race-4-mine' });
    await identify(t, brand, { externalId: 'race-4-theirs' });
    const tries = overtake('INSERT INTO brand_identities', () =>
      identify(second, brand, { externalId: 'race-4-theirs', email }),
    );

    const { userErrors } = await identify(t, brand, { externalId: 'race-4-mine', email });
    expect(userErrors).toMatchObject([{ code: 'ALREADY_EXISTS', field: ['email'] }]);
    expect(tries()).toBe(1);
  });
});
