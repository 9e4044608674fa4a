import { derivedUuid, nilUuid } from '../ids';

/** What a brand key may do; a key holds any set of these. */
export const brandScopes = {
  'mu:read': 'Read the customer view and everything of the own brand.',
  'mu:customers': 'Identify customers and record their consents.',
  'mu:tokens': 'Mint short-lived tokens for customers the brand has signed in.',
  'mu:messages': 'Record messages, reserve Mu for them, record deliveries.',
  'mu:attention': 'Record attention events, which may pay Mu.',
  'mu:rules': 'Publish earn rules and shop items.',
  'mu:redemptions': 'Redeem for a customer, capture and cancel redemptions.',
  'mu:ledger': 'Reverse transfers; record spend and plan budgets.',
  'mu:keys': "Create and revoke the brand's API keys.",
  'mu:webhooks': 'Manage webhook endpoints and see their deliveries.',
  'mu:developer': 'Introspect the schema in production.',
} as const;

export type BrandScope = keyof typeof brandScopes;

export type Caller =
  | { kind: 'anonymous' }
  | { kind: 'platform' }
  | { kind: 'brand'; brandId: string; keyId: string; scopes: readonly BrandScope[] }
  | { kind: 'customer'; customerId: string; brandId: string; expiresAt?: Date };

/** Who may run a root field. Absent means that kind of caller may not. */
export interface Access {
  platform?: true;
  customer?: true;
  /** The scope its key needs, or all that it needs. */
  brand?: BrandScope | readonly BrandScope[];
}

/** The scopes a brand's key needs for an access; none where brands may not. */
export function brandScopesOf({ brand = [] }: Access): readonly BrandScope[] {
  return typeof brand === 'string' ? [brand] : brand;
}

/** Whether the caller may run a field of this access. */
export function allows(access: Access, caller: Caller): boolean {
  if (caller.kind === 'platform') return access.platform === true;
  if (caller.kind === 'customer') return access.customer === true;
  if (caller.kind === 'brand') {
    const needed = brandScopesOf(access);
    return needed.length > 0 && needed.every((scope) => caller.scopes.includes(scope));
  }
  return false;
}

/**
 * The UUID that idempotency keys of this caller are unique within. A customer whom two brands have
 * signed in is two callers: keys that two brands' apps choose must never meet.
 */
export function scopeOf(caller: Caller): string {
  if (caller.kind === 'brand') return caller.brandId;
  if (caller.kind === 'customer') return derivedUuid(caller.customerId, caller.brandId);
  return nilUuid;
}

/** The customer a caller is; null for all other callers. */
export function subjectOf(caller: Caller): string | null {
  return caller.kind === 'customer' ? caller.customerId : null;
}

/** The brand a caller acts for: its own, the one that minted the token, none for the platform. */
export function brandOf(caller: Caller): string | null {
  return caller.kind === 'brand' || caller.kind === 'customer' ? caller.brandId : null;
}

/**
 * The brand and the customer a statement shows its rows to, as its own condition beside row-level
 * security: a brand sees its own, a customer what is theirs with any brand, the platform everything,
 * anybody else nothing.
 */
export function viewer(caller: Caller): [brandId: string | null, customerId: string | null] {
  if (caller.kind === 'brand') return [caller.brandId, null];
  if (caller.kind === 'customer') return [null, caller.customerId];
  return caller.kind === 'platform' ? [null, null] : [nilUuid, nilUuid];
}
