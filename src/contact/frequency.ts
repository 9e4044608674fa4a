import type { ChannelName } from '../messages';

/** How many messages may reach a customer: on one channel, or on all together where it is null. */
export interface FrequencyCap {
  channel: ChannelName | null;
  /** In any 24 hours; null for no matter how many. */
  perDay: number | null;
  /** In any 7 days; null for no matter how many. */
  perWeek: number | null;
}

/** A message that reached the customer; `at` in milliseconds since 1970. */
export interface Reached {
  channel: ChannelName;
  at: number;
}

const dayMs = 86_400_000;

/** What is looked back to for any cap. */
export const longestWindowMs = 7 * dayMs;

/**
 * From when on no cap stands against a message on the channel, if nothing else is sent meanwhile; null
 * when none does now. The windows are the 24 hours and the 7 days before the moment, not calendar days:
 * a message before midnight and one after it are two within a day.
 */
export function cappedUntil(
  at: Date,
  channel: ChannelName,
  caps: readonly FrequencyCap[],
  reached: readonly Reached[],
): Date | null {
  const ends = caps
    .filter((cap) => cap.channel === null || cap.channel === channel)
    .flatMap((cap) => {
      const counted = reached
        .filter((one) => cap.channel === null || one.channel === cap.channel)
        .map((one) => one.at);
      return [
        freeFrom(at.getTime(), counted, cap.perDay, dayMs),
        freeFrom(at.getTime(), counted, cap.perWeek, longestWindowMs),
      ];
    })
    .filter((end) => end !== null);
  return ends.length === 0 ? null : new Date(Math.max(...ends));
}

/** When fewer than `most` of the times lie within the window before the moment; null when they do now. */
function freeFrom(
  at: number,
  times: readonly number[],
  most: number | null,
  window: number,
): number | null {
  if (most === null) return null;
  const within = times.filter((time) => time <= at && time > at - window).sort((a, b) => b - a);
  const oldest = within[most - 1];
  return oldest === undefined ? null : oldest + window;
}
