import type { Command } from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import type { Limits } from '../platform/limits';
import { checkJsonObject, checkText } from '../platform/text';
import { canonicalEmail, canonicalPhone } from './canonical';
import type { ConsentPurpose } from './consent.type';
import type { IdentityKind } from './identity.type';

/** What a client says of a customer, without the idempotency key. */
export interface IdentifyInput {
  externalId?: string | null;
  email?: string | null;
  phone?: string | null;
  traits?: Record<string, unknown> | null;
  consents?: readonly { purpose: ConsentPurpose; granted: boolean }[] | null;
  confirmed?: readonly IdentityKind[] | null;
}

/** An address or number in canonical form. */
export interface IdentityClaim {
  kind: IdentityKind;
  value: string;
  /** Whether the brand has verified it with the person. */
  confirmed: boolean;
}

/** A checked call of identifyCustomer. */
export interface IdentifyRequest {
  brandId: string;
  externalId: string | null;
  /** The e-mail first, which is also the order in which they are looked up. */
  identities: readonly IdentityClaim[];
  traits: Record<string, unknown>;
  consents: readonly { purpose: ConsentPurpose; granted: boolean }[];
}

/** Brings a call into canonical form, or says all that is wrong with it. */
export function readIdentify(
  { tenant, input }: Command<IdentifyInput>,
  limits: Limits,
): IdentifyRequest | { refusals: UserErrorShape[] } {
  const refusals: UserErrorShape[] = [];
  const externalId = readExternalId(input.externalId ?? null, limits, refusals);
  const identities = readIdentities(input, refusals);
  const traits = checkJsonObject(input.traits ?? {}, limits, ['traits']);
  if (traits.refusal !== undefined) refusals.push(traits.refusal);
  if (refusals.length > 0) return { refusals };
  if (externalId === null && identities.length === 0) {
    return { refusals: [userError('INVALID_VALUE', null, 'Name an externalId, email or phone.')] };
  }
  return {
    brandId: tenant as string,
    externalId,
    identities,
    traits: traits.value ?? {},
    consents: input.consents ?? [],
  };
}

function readExternalId(
  text: string | null,
  limits: Limits,
  refusals: UserErrorShape[],
): string | null {
  if (text === null) return null;
  const checked = checkText(text, { maxBytes: limits.textBytes, field: ['externalId'] });
  if (checked.refusal !== undefined) refusals.push(checked.refusal);
  return checked.value ?? null;
}

function readIdentities(input: IdentifyInput, refusals: UserErrorShape[]): IdentityClaim[] {
  const confirmed = new Set(input.confirmed ?? []);
  const claims: IdentityClaim[] = [];
  const read = (kind: IdentityKind, text: string | null, value: string | null): void => {
    if (value !== null) claims.push({ kind, value, confirmed: confirmed.has(kind) });
    else if (text !== null) refusals.push(userError(`INVALID_${kind}`, [kind.toLowerCase()]));
    else if (confirmed.has(kind)) {
      const message = 'Only what this call names can be confirmed by it.';
      refusals.push(userError('INVALID_VALUE', ['confirmed'], message));
    }
  };
  const email = input.email ?? null;
  const phone = input.phone ?? null;
  read('EMAIL', email, email === null ? null : canonicalEmail(email));
  read('PHONE', phone, phone === null ? null : canonicalPhone(phone));
  return claims;
}
