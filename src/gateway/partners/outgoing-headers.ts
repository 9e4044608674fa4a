import type { IncomingHttpHeaders } from 'node:http';
import { brandOf, subjectOf, type Caller } from '../../platform/auth/caller';
import { brandId, customerId } from '../../platform/auth/principal-ids';
import type { Context } from '../../platform/graphql/context';
import { ownHeaders } from '../own-headers';
import type { PartnerSettings } from '../supergraph';

export type OutgoingHeaders = Record<string, string>;

/**
 * What a partner is told beside the operation: the client's headers that the operator lists, the
 * operator's own (which win over the client's), and who asks.
 */
export function outgoingHeaders(settings: PartnerSettings, context: Context): OutgoingHeaders {
  return {
    ...forwarded(settings.forward, context.clientHeaders ?? {}),
    ...stated(settings.headers),
    ...callerHeaders(context.caller),
  };
}

function forwarded(names: readonly string[], sent: IncomingHttpHeaders): OutgoingHeaders {
  const headers: OutgoingHeaders = {};
  for (const name of names.map((listed) => listed.toLowerCase())) {
    const value = sent[name];
    if (value === undefined || ownHeaders.has(name)) continue;
    headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return headers;
}

function stated(headers: PartnerSettings['headers']): OutgoingHeaders {
  const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  return Object.fromEntries(lower) as OutgoingHeaders;
}

function callerHeaders(caller: Caller): OutgoingHeaders {
  const brand = brandOf(caller);
  const customer = subjectOf(caller);
  return {
    'x-caller': caller.kind,
    ...(brand === null ? {} : { 'x-brand-id': brandId.encode(brand) }),
    ...(customer === null ? {} : { 'x-customer-id': customerId.encode(customer) }),
  };
}
