import type { ConsentPurpose } from '../customers';
import type { ChannelName } from '../messages';
import { cappedUntil, type FrequencyCap, type Reached } from './frequency';
import { nextHour, quietUntil, type QuietHours } from './quiet-hours';

/** What stands against a message, with what the schema says of each. */
export const contactReasons = {
  NO_CONSENT: 'The customer has never allowed it; `purpose` says what.',
  OPTED_OUT: 'The customer has withdrawn their consent; `purpose` says to what.',
  CHANNEL_DENIED: 'The customer does not want messages on the channel.',
  MUTED: 'The customer has muted the brand in their micronbox; of PUSH and IN_APP alone.',
  NO_ADDRESS: 'The brand knows no address, number or device for the channel.',
  NOT_DELIVERABLE: 'The last message to this address on the channel bounced.',
  QUIET_HOURS: 'It is a time of day at which the customer is left alone; `until` says how long.',
  FREQUENCY_CAP: 'Enough has reached the customer of late; `until` says when more may.',
} as const;

export type ContactReasonName = keyof typeof contactReasons;

/** One thing that stands against a message; `until` is null for what time alone does not change. */
export interface ContactReason {
  code: ContactReasonName;
  purpose: ConsentPurpose | null;
  until: Date | null;
}

/** What is known of a customer that decides whether a message may go to them. */
export interface ContactFacts {
  consents: Readonly<Partial<Record<ConsentPurpose, boolean>>>;
  /** What the customer said of the channel; null for nothing. */
  allowed: boolean | null;
  /** Whether the customer keeps the brand out of their micronbox. */
  muted: boolean;
  /** The hour of their day they like best, 0 to 23. */
  preferredHour: number | null;
  hasAddress: boolean;
  bounced: boolean;
  zone: string;
  quietHours: QuietHours | null;
  caps: readonly FrequencyCap[];
  reached: readonly Reached[];
}

/** What somebody wants to send, and when. */
export interface ContactQuestion {
  channel: ChannelName;
  purpose: ConsentPurpose;
  at: Date;
}

/** Whether a message may go, why not, and from when on it may. */
export interface Verdict {
  allowed: boolean;
  reasons: ContactReason[];
  /** The first moment from the asked one on at which it may; null while something lasting stands against it. */
  allowedAt: Date | null;
  /** The first such moment in the hour the customer likes best; null where there is none. */
  preferredAt: Date | null;
}

/** Judges one message to one customer. Everything that stands against it is named, what lasts first. */
export function judgeContact(facts: ContactFacts, question: ContactQuestion): Verdict {
  const lasting = lastingReasons(facts, question);
  const passing = passingReasons(facts, question);
  const allowedAt = lasting.length > 0 ? null : firstFree(facts, question.channel, question.at);
  return {
    allowed: lasting.length + passing.length === 0,
    reasons: [...lasting, ...passing],
    allowedAt,
    preferredAt: allowedAt === null ? null : preferredFrom(facts, question.channel, allowedAt),
  };
}

function reason(
  code: ContactReasonName,
  purpose: ConsentPurpose | null = null,
  until: Date | null = null,
): ContactReason {
  return { code, purpose, until };
}

function lastingReasons(
  { consents, allowed, muted, hasAddress, bounced }: ContactFacts,
  { purpose, channel }: ContactQuestion,
): ContactReason[] {
  // Every message needs leave to send messages; one of a purpose of its own needs leave for that too.
  const needed = [...new Set<ConsentPurpose>(['MESSAGES', purpose])];
  const missing = needed
    .filter((one) => consents[one] !== true)
    .map((one) => reason(consents[one] === false ? 'OPTED_OUT' : 'NO_CONSENT', one));
  return [
    ...missing,
    ...(allowed === false ? [reason('CHANNEL_DENIED')] : []),
    ...(muted && showsMicronbox(channel) ? [reason('MUTED')] : []),
    ...(hasAddress ? [] : [reason('NO_ADDRESS')]),
    ...(hasAddress && bounced ? [reason('NOT_DELIVERABLE')] : []),
  ];
}

/** A micronbox is shown by an app, and announced by it. */
function showsMicronbox(channel: ChannelName): boolean {
  return channel === 'PUSH' || channel === 'IN_APP';
}

function passingReasons(facts: ContactFacts, { channel, at }: ContactQuestion): ContactReason[] {
  const quiet = facts.quietHours && quietUntil(at, facts.zone, facts.quietHours);
  const capped = cappedUntil(at, channel, facts.caps, facts.reached);
  return [
    ...(quiet === null ? [] : [reason('QUIET_HOURS', null, quiet)]),
    ...(capped === null ? [] : [reason('FREQUENCY_CAP', null, capped)]),
  ];
}

/** Caps only ever loosen while nothing is sent, so that quiet hours after them have the last word. */
function firstFree(facts: ContactFacts, channel: ChannelName, at: Date): Date {
  const free = cappedUntil(at, channel, facts.caps, facts.reached) ?? at;
  return (facts.quietHours && quietUntil(free, facts.zone, facts.quietHours)) ?? free;
}

function preferredFrom(facts: ContactFacts, channel: ChannelName, from: Date): Date | null {
  if (facts.preferredHour === null) return null;
  let at = nextHour(from, facts.zone, facts.preferredHour);
  // Quiet hours may take the beginning of the hour, or all of it on any day.
  for (let tries = 0; tries < 3; tries += 1) {
    const free = firstFree(facts, channel, at);
    const hour = nextHour(free, facts.zone, facts.preferredHour);
    if (hour.getTime() === free.getTime()) return free;
    at = hour;
  }
  return null;
}
