import { averageOn, indexOf } from '../attention';
import { localDay } from '../platform/zones';
import type { RankReasonName } from './micronbox-enums';

/** What decides where a brand stands in a person's box. */
export interface Standing {
  brandUuid: string;
  /** The average of daily points and the latest day that moved it; null where nothing was heard. */
  ema: number | null;
  emaDay: string | null;
  streak: number | null;
  /** When the person last attended to the brand. */
  attendedAt: Date | null;
  /** Unread microns in the box that came since. */
  unheeded: number;
  zone: string;
}

/** Where a brand stands, by attention-1; places are counted from 1. */
export interface Rank {
  brandUuid: string;
  index: number;
  reason: RankReasonName;
}

/** A place in the order, as a cursor has it. */
export interface RankPlace {
  sunk: boolean;
  index: number;
  brandUuid: string;
}

/** How attentive the person was at a moment, and why the brand stands where it does. */
export function rankAt(standing: Standing, at: Date, ignoredFrom: number): Rank {
  const { ema, emaDay, streak, zone, unheeded, attendedAt, brandUuid } = standing;
  const average = averageOn({ ema: ema ?? 0, day: emaDay }, localDay(at, zone));
  const reason =
    unheeded >= ignoredFrom ? 'IGNORED' : attendedAt === null ? 'NEW' : ('ATTENTION' as const);
  return { brandUuid, index: indexOf(average, streak ?? 0), reason };
}

/** The place of a rank. */
export function placeOf({ brandUuid, index, reason }: Rank): RankPlace {
  return { sunk: reason === 'IGNORED', index, brandUuid };
}

/**
 * Below 0 where `a` stands before `b`: what is ignored comes last, the higher index first, and equals in
 * the order of their ids, which says nothing of them.
 */
export function comparePlaces(a: RankPlace, b: RankPlace): number {
  if (a.sunk !== b.sunk) return a.sunk ? 1 : -1;
  if (a.index !== b.index) return b.index - a.index;
  return a.brandUuid < b.brandUuid ? -1 : a.brandUuid > b.brandUuid ? 1 : 0;
}
