import type { Command } from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import type { Limits } from '../platform/limits';
import { checkJsonObject, checkText } from '../platform/text';
import { canonicalEmail, canonicalPhone } from './canonical';
import type { ConsentPurpose } from './consent.type';
import type { IdentityKind } from './identity.type';
import { isPlaceholder } from './placeholder';

/** What a client says of a customer, without the idempotency key. */
export interface IdentifyInput {
  externalId?: string | null;
  email?: string | null;
  phone?: string | null;
  deviceId?: string | null;
  appId?: string | null;
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
  /** E-mail, phone, app, device, which is also the order in which they are looked up. */
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
  const identities = readIdentities(input, limits, refusals);
  const traits = checkJsonObject(input.traits ?? {}, limits, ['traits']);
  if (traits.refusal !== undefined) refusals.push(traits.refusal);
  if (refusals.length > 0) return { refusals };
  if (externalId === null && identities.length === 0) {
    return {
      refusals: [
        userError('INVALID_VALUE', null, 'Name an externalId, email, phone, deviceId or appId.'),
      ],
    };
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
  else if (isPlaceholder('EXTERNAL_ID', checked.value)) refusals.push(placeholder('externalId'));
  return checked.value ?? null;
}

function placeholder(field: string): UserErrorShape {
  return userError('PLACEHOLDER_IDENTITY', [field]);
}

function readIdentities(
  input: IdentifyInput,
  limits: Limits,
  refusals: UserErrorShape[],
): IdentityClaim[] {
  const confirmed = new Set(input.confirmed ?? []);
  const claims: IdentityClaim[] = [];
  const read = (kind: AddressKind, text: string | null, value: string | null): void => {
    if (value !== null && isPlaceholder(kind, value)) {
      refusals.push(placeholder(kind.toLowerCase()));
    } else if (value !== null) claims.push({ kind, value, confirmed: confirmed.has(kind) });
    else if (text !== null) refusals.push(userError(`INVALID_${kind}`, [kind.toLowerCase()]));
    else if (confirmed.has(kind)) refusals.push(notNamed());
  };
  const email = input.email ?? null;
  const phone = input.phone ?? null;
  read('EMAIL', email, email === null ? null : canonicalEmail(email));
  read('PHONE', phone, phone === null ? null : canonicalPhone(phone));
  for (const [kind, field] of ids) {
    const text = input[field] ?? null;
    if (text === null) {
      if (confirmed.has(kind)) refusals.push(notNamed());
      continue;
    }
    const checked = checkText(text, { maxBytes: limits.textBytes, field: [field] });
    if (checked.refusal !== undefined) refusals.push(checked.refusal);
    else if (isPlaceholder(kind, checked.value)) refusals.push(placeholder(field));
    else claims.push({ kind, value: checked.value, confirmed: confirmed.has(kind) });
  }
  return claims;
}

type AddressKind = 'EMAIL' | 'PHONE';

/** Ids a brand gives to what people use; the app is nearer to a person than the device. */
const ids = [
  ['APP', 'appId'],
  ['DEVICE', 'deviceId'],
] as const;

function notNamed(): UserErrorShape {
  const message = 'Only what this call names can be confirmed by it.';
  return userError('INVALID_VALUE', ['confirmed'], message);
}
