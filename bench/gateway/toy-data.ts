/** Rows of the toy graph, each made from a number, so that every process has the same ones. */

/** How many customers there are; ids are `1` to this. */
export const customers = 5000;

const day = 86_400_000;
const epoch = Date.UTC(2026, 0, 1);

export function customerOf(id: string) {
  const n = Number(id);
  return {
    id,
    name: `Customer Number ${n}`,
    email: `customer.${n}@example.com`,
    tier: ['bronze', 'silver', 'gold'][n % 3],
    balance: 100 + (n % 977),
  };
}

export function eventsOf(id: string, first: number) {
  const n = Number(id);
  return Array.from({ length: first }, (_, at) => ({
    id: `event-${n}-${at}`,
    action: ['OPEN', 'CLICK', 'VISIT'][at % 3],
    channel: 'EMAIL',
    amount: (n + at) % 7,
    at: new Date(epoch + ((n + at) % 300) * day).toISOString(),
    message: { id: `message-${at % 9}`, subject: `What we have for you in week ${at % 9}` },
  }));
}

export function ledgerOf(id: string, first: number) {
  const n = Number(id);
  return Array.from({ length: first }, (_, at) => ({
    id: `entry-${n}-${at}`,
    amount: ((n * 7 + at) % 50) - 10,
    balance: 100 + ((n + at * 13) % 900),
    reason: 'For reading what the brand wrote',
    at: new Date(epoch + ((n + at * 3) % 300) * day).toISOString(),
  }));
}

export function ordersOf(id: string, first: number) {
  const n = Number(id);
  return Array.from({ length: first }, (_, at) => ({
    number: `A-${n}-${at}`,
    status: ['PAID', 'SENT', 'RETURNED'][(n + at) % 3],
    totalMinor: 1000 + ((n * 31 + at) % 9000),
    items: Array.from({ length: 2 }, (_item, line) => ({
      sku: `sku-${(n + line) % 100}`,
      name: `A thing of kind ${(n + line) % 100}`,
      quantity: 1 + line,
    })),
  }));
}

export function ticketsOf(id: string, first: number) {
  const n = Number(id);
  return Array.from({ length: first }, (_, at) => ({
    id: `ticket-${n}-${at}`,
    subject: `Where is order A-${n}-${at}?`,
    status: ['OPEN', 'SOLVED'][(n + at) % 2],
    openedAt: new Date(epoch + ((n + at) % 300) * day).toISOString(),
  }));
}
