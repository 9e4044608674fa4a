import { brandZoneMs, dayMs, instant, localDayOf, type Person, type Plot } from './people';
import { Chance } from './random';
import type { Tables } from './tables';

/** BG/NBD as fitted on CDNOW, in weeks (docs/worth-model.md). */
const cdnow = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };
const weekMs = 7 * dayMs;
/** The part of the base that ever orders. */
const buyers = 0.5;

interface Order {
  at: number;
  person: Person;
  first: boolean;
}

/** Orders in the rhythm of CDNOW's customers, in the order of time; few buy often and most once. */
export function writeOrders(plot: Plot, people: readonly Person[], into: Tables): void {
  const chance = new Chance(plot.seed + 3);
  const orders = people.flatMap((person) => ordersOf(plot, person, chance));
  orders.sort((a, b) => a.at - b.at);
  for (const [at, order] of orders.entries())
    writeOrder(plot, order, `order-${at}`, { chance, into });
}

function ordersOf({ begins, days }: Plot, person: Person, chance: Chance): Order[] {
  if (chance.next() >= buyers) return [];
  const ends = begins + days * dayMs;
  const rate = chance.gamma(cdnow.r) / cdnow.alpha;
  const leaves = chance.beta(cdnow.a, cdnow.b);
  const orders: Order[] = [];
  let at = person.joined + chance.exponential(60) * dayMs;
  while (at < ends) {
    orders.push({ at, person, first: orders.length === 0 });
    if (chance.next() < leaves) break;
    at += chance.exponential(1 / rate) * weekMs;
  }
  return orders;
}

function writeOrder(
  { brand, begins, days }: Plot,
  { at, person, first }: Order,
  name: string,
  { chance, into }: { chance: Chance; into: Tables },
): void {
  const items = 1 + Math.floor(chance.exponential(1.5));
  const total = Math.round(items * Math.exp(11.4 + 0.6 * chance.normal()));
  const id = chance.uuid(at);
  const surface = chance.next() < 0.85 ? 'OWN' : 'THIRD_PARTY';
  const driver = chance.pick(['ORGANIC', 'ORGANIC', 'CRM', 'ADTECH', null]);
  const paidBackAt = at + chance.exponential(7) * dayMs;
  const paidBack = chance.next() < 0.04 && paidBackAt < begins + days * dayMs;
  into.purchases.add(
    id,
    brand.id,
    person.id,
    name,
    instant(at),
    items,
    total,
    'INR',
    instant(at),
    surface,
    driver,
    Math.round(total * 0.6),
    paidBack ? total : 0,
    first,
    localDayOf(at, brandZoneMs),
  );
  if (!paidBack) return;
  const when = instant(paidBackAt);
  into.purchase_refunds.add(chance.uuid(paidBackAt), brand.id, id, total, when, when);
}
