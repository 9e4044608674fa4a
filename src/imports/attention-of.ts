import type { CustomerBy } from '../customers';
import { Channel, type ChannelName } from '../messages';
import { userError, type UserErrorShape } from '../platform/errors';
import type { RecordAttention } from '../rewards';
import { textAt, valueAt } from './field-path';
import type { EventAttentionInput } from './mapping.input';

/** An event, who did it and when. */
export interface EventFacts {
  event: Record<string, unknown>;
  customer: CustomerBy;
  /** RFC 3339. */
  occurredAt: string;
}

/** The attention an event is, or why it is none. */
export function attentionOf(
  said: EventAttentionInput,
  { event, customer, occurredAt }: EventFacts,
): RecordAttention | UserErrorShape {
  const channel = channelOf(said, event);
  if (typeof channel === 'object' && channel !== null) return channel;
  const durationMs = durationOf(said, event);
  if (typeof durationMs === 'object' && durationMs !== null) return durationMs;
  return {
    customer,
    action: said.action,
    customAction: said.customAction ?? null,
    stage: said.stage ?? null,
    channel,
    messageExternalId: textAt(event, said.messagePath),
    occurredAt,
    userAgent: textAt(event, ['context', 'userAgent']),
    durationMs,
    properties: propertiesOf(said.properties ?? [], event),
  };
}

function channelOf(
  { channel, channelPath }: EventAttentionInput,
  event: EventFacts['event'],
): ChannelName | null | UserErrorShape {
  const text = textAt(event, channelPath);
  if (text === null) return channel ?? null;
  const name = text.trim().toUpperCase().replace(/[\s-]/g, '_');
  if (Object.hasOwn(Channel, name)) return name as ChannelName;
  return userError('INVALID_VALUE', channelPath ?? null, 'Not the name of a channel.');
}

function durationOf(
  { durationMsPath }: EventAttentionInput,
  event: EventFacts['event'],
): number | null | UserErrorShape {
  if (durationMsPath == null) return null;
  const value = valueAt(event, durationMsPath);
  if (value === undefined) return null;
  const most = 2 ** 31 - 1;
  if (typeof value === 'number' && value >= 0 && value <= most) return Math.round(value);
  return userError('INVALID_VALUE', durationMsPath, 'Not a number of milliseconds.');
}

function propertiesOf(
  names: readonly string[],
  event: EventFacts['event'],
): Record<string, unknown> | null {
  const kept = names.flatMap((name) => {
    const value = valueAt(event, ['properties', name]);
    return value === undefined ? [] : [[name, value] as const];
  });
  return kept.length === 0 ? null : Object.fromEntries(kept);
}
