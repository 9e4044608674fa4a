import { localDay, startOfDay } from '../platform/zones';
import type { AttentionChange } from './attention-change';
import { sleeps, standingAt, type DormancyPolicy, type DormancyStateName } from './dormancy';
import {
  addDays,
  averageOn,
  bandOf,
  countedPoints,
  daysInBand,
  indexOf,
  moveAverage,
  type AttentionBandName,
} from './score';

/** Columns of attention_states: where a customer stands with a brand. */
export interface AttentionStateRow {
  brand_id: string;
  customer_id: string;
  first_contact_at: Date;
  last_delivered_at: Date | null;
  last_attended_at: Date | null;
  last_verified_at: Date | null;
  last_clicked_at: Date | null;
  delivered_since: number;
  ema: number;
  ema_day: string | null;
  streak: number;
  dormancy: DormancyStateName;
  dormancy_since: Date;
  dormancy_due_at: Date | null;
  band: AttentionBandName;
  band_since: Date;
  woken_from: 'DORMANT' | 'LOST' | null;
  reactivated_at: Date | null;
  check_at: Date | null;
}

/** A step from one state of dormancy to another, or the proof that somebody who woke is back. */
export interface DormancyMove {
  topic: 'dormancy.changed';
  from: DormancyStateName;
  to: DormancyStateName;
  reactivated: boolean;
  /** The sleep that a reactivation ends. */
  wokenFrom: 'DORMANT' | 'LOST' | null;
}

/** A step from one band to another. */
export interface BandMove {
  topic: 'attention.changed';
  from: AttentionBandName;
  to: AttentionBandName;
  index: number;
}

/** One customer of one brand while a transaction changes where they stand. */
export class AttentionState {
  readonly moves: (DormancyMove | BandMove)[] = [];

  constructor(
    readonly row: AttentionStateRow,
    readonly isNew: boolean,
    private readonly policy: DormancyPolicy,
    private readonly zone: string,
    private readonly now: Date,
  ) {
    if (!isNew) return;
    const { state, until } = this.standing();
    Object.assign(row, { dormancy: state, dormancy_due_at: until });
  }

  /** Somebody nothing was known of, at their first contact. */
  static of(
    pair: { brandId: string; customerId: string },
    contactAt: Date,
    now: Date,
  ): AttentionStateRow {
    return {
      brand_id: pair.brandId,
      customer_id: pair.customerId,
      first_contact_at: contactAt,
      last_delivered_at: null,
      last_attended_at: null,
      last_verified_at: null,
      last_clicked_at: null,
      delivered_since: 0,
      ema: 0,
      ema_day: null,
      streak: 0,
      dormancy: 'NEW',
      dormancy_since: now,
      dormancy_due_at: null,
      band: 'SILENT',
      band_since: now,
      woken_from: null,
      reactivated_at: null,
      check_at: null,
    };
  }

  /** Says what time alone has changed since somebody looked last. */
  passTime(): void {
    const { state, from } = this.standing();
    if (state !== this.row.dormancy)
      this.moveTo(state, later(from, this.row.dormancy_since), false);
    this.judgeBand();
  }

  /** Takes the changes in; `points` are twice the points of the days they are about, as they were. */
  apply(changes: readonly AttentionChange[], points: Readonly<Record<string, number>>): void {
    const { row } = this;
    const known = new Map(Object.entries(points));
    for (const change of changes) {
      row.first_contact_at = earlier(change.contactAt, row.first_contact_at);
      row.last_attended_at = latest(change.attendedAt, row.last_attended_at);
      row.last_verified_at = latest(change.verifiedAt, row.last_verified_at);
      row.last_clicked_at = latest(change.clickedAt, row.last_clicked_at);
      row.last_delivered_at = latest(change.deliveredAt, row.last_delivered_at);
      if (change.attendedAt === null) continue;
      const before = known.get(change.day) ?? 0;
      const after = before + change.pointsX2;
      known.set(change.day, after);
      const average = { ema: row.ema, day: row.ema_day };
      const grown = countedPoints(after) - countedPoints(before);
      const moved = moveAverage(average, change.day, grown);
      Object.assign(row, { ema: moved.ema, ema_day: moved.day });
    }
  }

  /** Judges dormancy and band by the facts as they are now; `comesBack` when one of them proves a person. */
  judge(comesBack: boolean): void {
    const before = this.row.dormancy;
    const { state, until } = this.standing();
    if (state !== before) {
      this.moveTo(state, this.now, comesBack);
    } else if (state === 'ACTIVE' && this.row.woken_from !== null && comesBack) {
      this.reactivate('ACTIVE', this.row.woken_from);
    }
    this.row.dormancy_due_at = until;
    this.judgeBand();
    this.row.check_at = this.nextCheck();
  }

  private moveTo(to: DormancyStateName, since: Date, comesBack: boolean): void {
    const { row } = this;
    const from = row.dormancy;
    row.dormancy = to;
    row.dormancy_since = since;
    const wakes = sleeps(from) && to === 'ACTIVE';
    row.woken_from = wakes && !comesBack ? from : null;
    if (wakes && comesBack) this.reactivate(from, from);
    else {
      this.moves.push({ topic: 'dormancy.changed', from, to, reactivated: false, wokenFrom: null });
    }
  }

  private reactivate(from: DormancyStateName, wokenFrom: 'DORMANT' | 'LOST'): void {
    this.row.woken_from = null;
    this.row.reactivated_at = this.now;
    this.moves.push({
      topic: 'dormancy.changed',
      from,
      to: 'ACTIVE',
      reactivated: true,
      wokenFrom,
    });
  }

  private judgeBand(): void {
    const { row } = this;
    const index = indexOf(this.average(), row.streak);
    const band = bandOf(index);
    if (band === row.band) return;
    this.moves.push({ topic: 'attention.changed', from: row.band, to: band, index });
    row.band = band;
    row.band_since = this.now;
  }

  private standing() {
    const { first_contact_at, last_attended_at, delivered_since } = this.row;
    const silence = {
      firstContactAt: first_contact_at,
      lastAttendedAt: last_attended_at,
      deliveredSince: delivered_since,
    };
    return standingAt(silence, this.policy, this.now);
  }

  private get today(): string {
    return localDay(this.now, this.zone);
  }

  private average(): number {
    return averageOn({ ema: this.row.ema, day: this.row.ema_day }, this.today);
  }

  /** The one that is set stays while it is early enough. */
  private nextCheck(): Date | null {
    const { dormancy_due_at: due, check_at: set, streak } = this.row;
    const days = daysInBand(this.average(), streak);
    const fades =
      days === null
        ? null
        : startOfDay(addDays(latestDay(this.today, this.row.ema_day), days), this.zone);
    const next = due !== null && fades !== null ? earlier(due, fades) : (due ?? fades);
    return next !== null && set !== null && set > this.now && set <= next ? set : next;
  }
}

function latestDay(today: string, day: string | null): string {
  return day !== null && day > today ? day : today;
}

function earlier(a: Date, b: Date): Date {
  return a < b ? a : b;
}

function later(a: Date, b: Date): Date {
  return a > b ? a : b;
}

function latest(a: Date | null, b: Date | null): Date | null {
  return a === null || b === null ? (a ?? b) : later(a, b);
}
