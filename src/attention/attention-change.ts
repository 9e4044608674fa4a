import type { DeliveryChange } from '../messages';
import type { AttentionRow } from './attention.service';
import { weightOf } from './weights';

/** What of an event is measured. `confidence` in percent. */
export type MeasuredEvent = Pick<
  AttentionRow,
  | 'brand_id'
  | 'customer_id'
  | 'action'
  | 'confidence'
  | 'machine'
  | 'duplicate'
  | 'duration_ms'
  | 'occurred_at'
  | 'local_day'
  | 'properties'
>;

/** What happened adds to a customer's day, to the brand's day, and to when they were last heard of. */
export interface AttentionChange {
  brandId: string;
  customerId: string;
  /** The customer's local day, as `2026-11-21`. */
  day: string;
  contactAt: Date;
  opens: number;
  clicks: number;
  events: number;
  verified: number;
  pointsX2: number;
  machine: number;
  deliveries: number;
  attendedAt: Date | null;
  verifiedAt: Date | null;
  clickedAt: Date | null;
  /** A verified event that no advertisement was paid for. */
  comesBack: boolean;
  deliveredAt: Date | null;
  /** A delivery that turned out to be none. */
  takesBack: boolean;
}

const nothing = {
  opens: 0,
  clicks: 0,
  events: 0,
  verified: 0,
  pointsX2: 0,
  machine: 0,
  deliveries: 0,
  attendedAt: null,
  verifiedAt: null,
  clickedAt: null,
  comesBack: false,
  deliveredAt: null,
  takesBack: false,
};

/** What an event changes; `before` is the confidence it was measured with already, in percent. */
export function changeOfEvent(event: MeasuredEvent, before: number | null): AttentionChange {
  const { action, duration_ms: duration, occurred_at: at } = event;
  const named = { brandId: event.brand_id, customerId: event.customer_id, day: event.local_day };
  const machine = event.machine && before === null ? 1 : 0;
  if (event.duplicate || event.confidence < 50) {
    return { ...nothing, ...named, contactAt: at, machine };
  }
  const counted = before !== null && before >= 50 ? 1 : 0;
  const wasVerified = before === 100 ? 1 : 0;
  const isVerified = event.confidence === 100 ? 1 : 0;
  const points = (weightOf(action, duration) * event.confidence) / 50;
  const measured = counted === 1 ? (weightOf(action, duration) * (before ?? 0)) / 50 : 0;
  return {
    ...nothing,
    ...named,
    contactAt: at,
    machine,
    opens: action === 'OPEN' ? 1 - counted : 0,
    clicks: action === 'CLICK' ? 1 - counted : 0,
    events: 1 - counted,
    verified: isVerified - wasVerified,
    pointsX2: points - measured,
    attendedAt: at,
    verifiedAt: isVerified === 1 ? at : null,
    clickedAt: action === 'CLICK' ? at : null,
    comesBack: isVerified === 1 && event.properties?.['route'] !== 'PAID',
  };
}

/** What a delivery changes. */
export function changeOfDelivery(delivery: DeliveryChange): AttentionChange {
  const { brandId, customerId, localDay: day, deliveredAt, before, after } = delivery;
  const reached = after === 'DELIVERED';
  const takesBack = before === 'DELIVERED' && !reached;
  return {
    ...nothing,
    brandId,
    customerId,
    day,
    contactAt: deliveredAt,
    deliveries: reached ? 1 : takesBack ? -1 : 0,
    deliveredAt: reached ? deliveredAt : null,
    takesBack,
  };
}
