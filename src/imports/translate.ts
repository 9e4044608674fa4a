import { readCustomerBy, type CustomerBy, type IdentifyInput } from '../customers';
import { userError, type UserErrorShape } from '../platform/errors';
import { parseInstant } from '../platform/graphql/instants';
import type { RecordAttention } from '../rewards';
import type { OrderDescription } from '../purchases';
import { attentionOf } from './attention-of';
import { textAt, valueAt } from './field-path';
import type { Mapping } from './mapping';
import type { EventRuleInput, KeyKindName } from './mapping.input';
import { orderOf } from './order-of';

/** An event as the source sent it. */
export type SourceEvent = Record<string, unknown>;

/** What is to be recorded of an event. */
export type Wish =
  | { kind: 'identifyCustomer' }
  | { kind: 'recordAttention'; input: RecordAttention }
  | { kind: 'recordOrder'; input: OrderDescription };

/** What an event means by a mapping. */
export interface Translated {
  /** The source's own id of the call. */
  messageId: string;
  /** Everything it says of who it was. */
  who: IdentifyInput;
  wish: Wish;
}

/** What a mapping has nothing done about. */
export const ignored = 'IGNORED';

const keyFields = {
  EXTERNAL_ID: 'externalId',
  EMAIL: 'email',
  PHONE: 'phone',
  DEVICE: 'deviceId',
} as const satisfies Record<KeyKindName, keyof IdentifyInput>;

const longestMessageId = 500;

/**
 * Says what an event means by a mapping: what to record of whom, that nothing is to be done, or why it
 * cannot be recorded, by the field of the event that is amiss. Pure, so that the queue and the job that
 * works it off find the same.
 */
export function translate(
  mapping: Mapping,
  event: SourceEvent,
): Translated | typeof ignored | UserErrorShape {
  const rule = ruleFor(mapping, event);
  if (rule === undefined) {
    return userError('NOT_FOUND', ['event'], 'No rule of the mapping is for it.');
  }
  const { becomes } = rule;
  if (becomes.nothing === true) return ignored;
  const messageId = textAt(event, ['messageId']);
  if (messageId === null || messageId.length > longestMessageId) {
    return userError('INVALID_VALUE', ['messageId'], 'Events count once by their id.');
  }
  const occurredAt = momentOf(event);
  if (occurredAt === null) {
    return userError('INVALID_VALUE', ['timestamp'], 'Not an RFC 3339 date and time with a zone.');
  }
  const named = namesOf(mapping, event);
  if (named === null) {
    const message = 'None of the fields that name a customer is there.';
    return userError('INVALID_VALUE', mapping.customer[0]?.path ?? null, message);
  }
  const { who, by } = named;
  if (becomes.identify != null) {
    const traits = traitsOf(event, becomes.identify.traits ?? []);
    return { messageId, who: { ...who, traits }, wish: { kind: 'identifyCustomer' } };
  }
  const facts = { event, customer: by, occurredAt: occurredAt.toISOString() };
  if (becomes.order != null) {
    const input = orderOf(becomes.order, facts);
    return 'code' in input ? input : { messageId, who, wish: { kind: 'recordOrder', input } };
  }
  if (becomes.attention == null) throw new Error('a rule of which nothing becomes');
  const input = attentionOf(becomes.attention, facts);
  return 'code' in input ? input : { messageId, who, wish: { kind: 'recordAttention', input } };
}

/** The first rule that fits an event. */
export function ruleFor({ rules }: Mapping, event: SourceEvent): EventRuleInput | undefined {
  const type = String(valueAt(event, ['type'])).toUpperCase();
  const name = textAt(event, [type === 'TRACK' ? 'event' : 'name']);
  return rules.find((rule) => rule.type === type && (rule.event == null || rule.event === name));
}

/** When it happened, corrected by the platform for the clock of the sender where it does so. */
function momentOf(event: SourceEvent): Date | null {
  const text = ['timestamp', 'originalTimestamp', 'sentAt']
    .map((name) => valueAt(event, [name]))
    .find((value) => value !== undefined);
  return typeof text === 'string' ? parseInstant(text) : null;
}

function namesOf(
  { customer }: Mapping,
  event: SourceEvent,
): { who: IdentifyInput; by: CustomerBy } | null {
  const who: IdentifyInput = {};
  let by: CustomerBy | null = null;
  for (const { kind, path } of customer) {
    const text = textAt(event, path);
    if (text === null) continue;
    const field = keyFields[kind];
    who[field] ??= text;
    by ??= { [field]: text };
  }
  return by === null ? null : { who, by };
}

function traitsOf(event: SourceEvent, names: readonly string[]): Record<string, unknown> {
  const traits = names.flatMap((name) => {
    const value = valueAt(event, ['traits', name]) ?? valueAt(event, ['context', 'traits', name]);
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(traits);
}

/** Where calls of customer data platforms name people, whatever a mapping makes of it. */
const usualPlaces: readonly (readonly [keyof CustomerBy, ...string[]])[] = [
  ['externalId', 'userId'],
  ['deviceId', 'anonymousId'],
  ['email', 'traits', 'email'],
  ['email', 'context', 'traits', 'email'],
  ['email', 'properties', 'email'],
  ['phone', 'traits', 'phone'],
  ['phone', 'context', 'traits', 'phone'],
  ['phone', 'properties', 'phone'],
];

/**
 * By what an event names people, each as its kind and its canonical value: whoever is erased takes along
 * the events that name them.
 */
export function keysOf(mapping: Mapping | null, event: SourceEvent): string[] {
  const mapped = (mapping?.customer ?? []).map(
    ({ kind, path }) => [keyFields[kind], ...path] as const,
  );
  const keys = [...mapped, ...usualPlaces].flatMap(([field, ...path]) => {
    const text = textAt(event, path);
    const key = text === null ? null : readCustomerBy({ [field]: text });
    return key === null ? [] : [`${key.kind} ${key.value}`];
  });
  return [...new Set(keys)];
}
