import type { CustomerBy } from '../customers';
import type { CommandTransaction } from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import { isCurrency, toMinor } from '../platform/money';
import { checkText, type Checked } from '../platform/text';
import type { OrderDriverName, OrderSurfaceName } from './order-source';
import { purchaseId } from './purchase.id';

/** An order as a client describes it. */
export interface OrderDescription {
  customer: CustomerBy;
  externalId: string;
  /** RFC 3339. */
  orderedAt: string;
  items: number;
  /** A decimal such as `29.33`. */
  amount: string;
  currency: string;
  surface?: OrderSurfaceName | null;
  driver?: OrderDriverName | null;
  campaign?: string | null;
  /** What it cost the brand, as a decimal. */
  cost?: string | null;
}

/** An order that can be stored. */
export interface OrderDraft {
  uuid: string;
  brandId: string;
  customerId: string;
  externalId: string;
  orderedAt: Date;
  items: number;
  totalMinor: number;
  currency: string;
  surface: OrderSurfaceName;
  driver: OrderDriverName | null;
  campaign: string | null;
  costMinor: number | null;
}

/** Who ordered, from whom; and what the field of the time is called. */
export interface OrderFacts {
  brandId: string;
  customerId: string | null;
  timeField: string;
}

/** Judges what can be judged of one order alone; the first thing amiss refuses it. */
export function judgeOrder(
  { now, limits }: Pick<CommandTransaction, 'now' | 'limits'>,
  order: OrderDescription,
  { brandId, customerId, timeField }: OrderFacts,
): OrderDraft | UserErrorShape {
  const { items, currency } = order;
  const checked = texts(order, limits.textBytes);
  if (checked.refusal) return checked.refusal;
  if (items < 1) return userError('INVALID_VALUE', ['items'], 'A purchase has at least 1 item.');
  if (!isCurrency(currency)) {
    return userError('INVALID_VALUE', ['currency'], 'Not a currency code of ISO 4217.');
  }
  const total = checkMoney(order.amount, currency, 'amount');
  if (total.refusal) return total.refusal;
  const cost = order.cost == null ? null : checkMoney(order.cost, currency, 'cost');
  if (cost?.refusal) return cost.refusal;
  const orderedAt = new Date(order.orderedAt);
  const latest = now.getTime() + limits.futureSeconds * 1000;
  if (orderedAt.getTime() > latest) return userError('OCCURRED_AT_IN_FUTURE', [timeField]);
  if (customerId === null) return userError('NOT_FOUND', ['customer']);
  return {
    uuid: purchaseId.create(),
    brandId,
    customerId,
    ...checked.value,
    orderedAt,
    items,
    totalMinor: total.value,
    currency,
    surface: order.surface ?? 'OWN',
    driver: order.driver ?? null,
    costMinor: cost?.value ?? null,
  };
}

function texts(
  order: OrderDescription,
  maxBytes: number,
): Checked<Pick<OrderDraft, 'externalId' | 'campaign'>> {
  const externalId = checkText(order.externalId, { maxBytes, field: ['externalId'] });
  if (externalId.refusal) return externalId;
  if (order.campaign == null) return { value: { externalId: externalId.value, campaign: null } };
  const campaign = checkText(order.campaign, { maxBytes, field: ['campaign'] });
  if (campaign.refusal) return campaign;
  return { value: { externalId: externalId.value, campaign: campaign.value } };
}

/** An amount of a known currency in minor units; refuses with INVALID_VALUE or AMOUNT_TOO_LARGE. */
export function checkMoney(amount: string, currency: string, field: string): Checked<number> {
  const minor = toMinor(amount, currency);
  if (minor === Infinity) return { refusal: userError('AMOUNT_TOO_LARGE', [field]) };
  if (minor !== null) return { value: minor };
  const message = 'Not a decimal of this currency, such as "29.33".';
  return { refusal: userError('INVALID_VALUE', [field], message) };
}
