import { randomUUID } from 'node:crypto';
import { idKind, type IdKind } from '../platform/ids';

/**
 * Ids of customers: `cus_…`. They are random, unlike all others: an id ordered by time would tell a
 * brand that somebody else knew the person before (docs/decisions/0010).
 */
export const customerId: IdKind = { ...idKind('cus'), create: () => randomUUID() };

export const confirmationId = idKind('cnf');
