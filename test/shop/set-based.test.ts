import { brandId } from '../../src/brands';
import { transferId } from '../../src/ledger';
import {
  newKey,
  startTestService,
  type TestBrand,
  type TestService,
} from '../support/test-service';
import { auditBooks, customerWith } from './shop';

let t: TestService;
let brand: TestBrand;
let statements = 0;
const sizes: number[] = [];

beforeAll(async () => {
  t = await startTestService({
    hooks: {
      beforeStatement: () => {
        statements += 1;
      },
      report: ({ size }) => {
        sizes.push(size);
      },
    },
  });
  brand = await t.createBrand('kaapico', { budget: 1_000_000 });
});

afterEach(() => auditBooks(t));
afterAll(() => t.close());

type Found = Record<string, Record<string, string> | undefined>;

/** Submits commands of one kind as one batch; answers what they answered and the statements it took. */
async function batch(kind: string, inputs: object[]): Promise<{ found: Found[]; took: number }> {
  statements = 0;
  sizes.length = 0;
  const tenant = brandId.decode(brand.id) as string;
  const answers = await Promise.all(
    inputs.map((input) =>
      t.service.commands.submit({ kind, scope: tenant, tenant, key: newKey(), input }),
    ),
  );
  expect(sizes).toEqual([inputs.length]);
  expect(answers.flatMap(({ answer }) => answer.userErrors)).toEqual([]);
  return { found: answers.map(({ answer }) => answer as unknown as Found), took: statements };
}

/** A coffee for each of so many customers, from order to refund; the statements each step took. */
async function lives(customers: number): Promise<number[]> {
  const ids: string[] = [];
  for (let i = 0; i < customers; i += 1) ids.push(await customerWith(t, brand, 100));
  const redeemed = await batch(
    'redeem',
    ids.map((id) => ({ amount: 10, description: 'Coffee', customer: { id } })),
  );
  const captured = await batch(
    'captureRedemption',
    redeemed.found.map(({ redemption }) => ({ id: redemptionOf(redemption?.['id']) })),
  );
  const reversed = await batch(
    'reverseTransfer',
    captured.found.map(({ transfer }) => ({
      id: transferId.encode(transfer?.['id'] ?? ''),
      reason: 'Sold out',
    })),
  );
  return [redeemed.took, captured.took, reversed.took];
}

function redemptionOf(uuid: string | undefined): string {
  return transferId.encode(uuid ?? '').replace('trf', 'red');
}

test('a batch takes as many statements for 20 redemptions as for one', async () => {
  const one = await lives(1);
  expect(Math.min(...one)).toBeGreaterThan(0);
  expect(await lives(20)).toEqual(one);
});
