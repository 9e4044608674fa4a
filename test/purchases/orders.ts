import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newKey, type Data, type TestBrand, type TestService } from '../support/test-service';

function operation(name: string): string {
  return readFileSync(join(__dirname, '../../schema/operations', `${name}.graphql`), 'utf8');
}

const documents = {
  recordOrder: operation('record-order'),
  recordOrderBatch: operation('record-order-batch'),
  refundOrder: operation('refund-order'),
};
const customerOrders = operation('customer-orders');

let made = 0;

/** An order with the brand that differs from every other in its id and key only. */
export function anOrder(customer: object, changes: Data = {}): Data {
  made += 1;
  return {
    customer,
    externalId: `order-${made}`,
    orderedAt: '2026-03-01T10:00:00.000Z',
    items: 1,
    amount: '100.00',
    currency: 'INR',
    idempotencyKey: newKey(),
    ...changes,
  };
}

/** Sends one of the mutations of orders as a brand and answers its payload. */
export async function send(
  t: TestService,
  brand: Pick<TestBrand, 'apiKey'>,
  mutation: keyof typeof documents,
  input: Data,
): Promise<Data> {
  const { data, errors } = await t.run(documents[mutation], { input }, brand.apiKey);
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return JSON.parse(JSON.stringify(data[mutation])) as Data;
}

/** Records orders together; answers their buckets, or the code of a refusal. */
export async function record(t: TestService, brand: TestBrand, orders: Data[]): Promise<string[]> {
  const { results } = await send(t, brand, 'recordOrderBatch', { orders });
  return (results as Data[]).map(
    ({ purchase, userErrors }) => (userErrors[0]?.code ?? purchase.bucket) as string,
  );
}

/** Pays a part of an order back, or what is left of it; answers the code of a refusal, or what is left. */
export async function refund(
  t: TestService,
  brand: TestBrand,
  externalId: string,
  amount?: string,
): Promise<string> {
  const input = { externalId, amount, idempotencyKey: newKey() };
  const { purchase, userErrors } = await send(t, brand, 'refundOrder', input);
  return (userErrors[0]?.code ?? purchase.net.amount) as string;
}

/** A customer's orders and what they sum to, as the bearer of a key or token sees them. */
export async function ordersOf(
  t: TestService,
  bearer: string,
  by: object,
): Promise<{ totals: Data; purchases: Data[] }> {
  const { data, errors } = await t.run(customerOrders, { by, first: 100 }, bearer);
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  const { relationship, purchases } = JSON.parse(JSON.stringify(data['customer'])) as Data;
  return { totals: relationship.purchaseTotals as Data, purchases: purchases.nodes as Data[] };
}
