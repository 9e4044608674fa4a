import { Directive, Field, ID, InputType } from 'type-graphql';
import { EmailAddress, PhoneNumber } from '../platform/graphql/scalars';
import { checkText } from '../platform/text';
import { canonicalEmail, canonicalPhone } from './canonical';
import { customerId } from './customer.id';

@Directive('@oneOf')
@InputType({
  description: 'Names one customer by exactly one of their keys, as the brand knows them.',
})
export class CustomerBy {
  @Field(() => ID, { nullable: true, description: 'The id, `cus_…`.' })
  id?: string | null;

  @Field(() => String, { nullable: true, description: "The id in the brand's own systems." })
  externalId?: string | null;

  @Field(() => EmailAddress, { nullable: true, description: 'An address the brand named.' })
  email?: string | null;

  @Field(() => PhoneNumber, { nullable: true, description: 'A number the brand named.' })
  phone?: string | null;

  @Field(() => String, { nullable: true, description: 'A device the brand named.' })
  deviceId?: string | null;
}

/** A key in the form it is stored in; an id as its UUID. */
export interface CustomerKey {
  kind: 'ID' | 'EXTERNAL_ID' | 'EMAIL' | 'PHONE' | 'DEVICE';
  value: string;
}

/** The longest text an index takes with a UUID beside it, and far above any id in use. */
const longestExternalId = 2000;

/** The key behind an input; null when no customer can have it, such as a malformed e-mail. */
export function readCustomerBy(by: CustomerBy): CustomerKey | null {
  if (typeof by.id === 'string') return keyOf('ID', customerId.decode(by.id));
  if (typeof by.email === 'string') return keyOf('EMAIL', canonicalEmail(by.email));
  if (typeof by.phone === 'string') return keyOf('PHONE', canonicalPhone(by.phone));
  if (typeof by.deviceId === 'string') return keyOf('DEVICE', textOf(by.deviceId));
  return typeof by.externalId === 'string' ? keyOf('EXTERNAL_ID', textOf(by.externalId)) : null;
}

function textOf(text: string): string | null {
  return checkText(text, { maxBytes: longestExternalId, field: [] }).value ?? null;
}

function keyOf(kind: CustomerKey['kind'], value: string | null): CustomerKey | null {
  return value === null ? null : { kind, value };
}
