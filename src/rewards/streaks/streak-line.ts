import { DateTime as Zoned } from 'luxon';
import type { EarnRuleEntity } from '../earn-rule.entity';
import {
  continues,
  firstLength,
  lengthsOf,
  standing,
  type QualifiedUnit,
} from '../rules/streak-lengths';
import { publishedStreak, streakAmount, type StreakPolicy } from '../rules/streak-policy';

/** What tells one streak from another. `strand` is DAY, MESSAGE, or SERIES with the series' UUID. */
export interface LineName {
  brandId: string;
  customerId: string;
  ruleName: string;
  strand: string;
}

/** A day or message that qualified. Instants in milliseconds. */
export interface Unit {
  /** A local day, or the UUID of a message. */
  name: string;
  position: number;
  at: number;
  length: number;
  /** Null for a day with another brand, which counts here and is paid there. */
  eventId: string | null;
}

/** A message that was delivered, and the moment after which it can no longer qualify. */
export interface SentMessage {
  name: string;
  position: number;
  over: number;
}

/** What the database knows of a line, from somewhat before the units that may change. */
export interface LineFacts {
  units: Unit[];
  /** Whether any of the units lies before the ones that may change. */
  since: number;
  messages: SentMessage[];
  /** Local days with a delivery; null for a customer who never got one: then every day counts. */
  deliveredDays: ReadonlySet<string> | null;
  told: { current: number; best: number; alive: boolean } | null;
}

/** A change worth announcing. */
export interface Move {
  change: 'ADVANCED' | 'RESTARTED' | 'BROKEN';
  current: number;
  previous: number;
}

const forGood = -Infinity;
const dayMs = 86_400_000;

export function policyOf(rule: EarnRuleEntity): StreakPolicy {
  return { ...publishedStreak, ...rule.streak };
}

export function windowMsOf(policy: StreakPolicy): number {
  return policy.unit === 'DAY' ? 0 : policy.windowHours * 3_600_000;
}

/** Where a day stands in the order of days. */
export function positionOfDay(day: string): number {
  return Date.parse(day);
}

function before(a: { position: number; name: string }, b: { position: number; name: string }) {
  return a.position - b.position || (a.name < b.name ? -1 : 1);
}

/** One customer's streak by one rule, as far back as the events of a batch may change it. */
export class StreakLine {
  readonly units: Unit[];
  readonly moves: Move[] = [];
  readonly touched = new Set<Unit>();
  current: number;
  best: number;
  alive: boolean;
  private readonly policy: StreakPolicy;
  private first: number;

  constructor(
    readonly of: LineName,
    public rule: EarnRuleEntity,
    readonly zone: string,
    private readonly facts: LineFacts,
  ) {
    this.policy = policyOf(rule);
    this.units = [...facts.units].sort(before);
    const known = this.units.findLastIndex(
      (unit) => unit.position < facts.since && unit.eventId !== null,
    );
    this.first = firstLength(this.policy, this.qualified(), {
      index: known,
      length: this.units[known]?.length ?? 0,
      firstLength: this.units[0]?.length ?? 0,
    });
    this.current = facts.told?.current ?? 0;
    this.best = facts.told?.best ?? 0;
    this.alive = facts.told?.alive ?? false;
  }

  get last(): Unit | undefined {
    return this.units.at(-1);
  }

  find(name: string): Unit | undefined {
    return this.units.find((unit) => unit.name === name && unit.eventId !== null);
  }

  /** Counts a unit that an event qualifies; answers it, and which others became longer by it. */
  qualify(name: string, position: number, at: number, eventId: string, now: number) {
    const known = this.find(name);
    if (known !== undefined && known.at <= at) return { unit: known, longer: [] as Unit[] };
    const unit = known ?? { name, position, at, length: 0, eventId };
    unit.at = at;
    if (known === undefined) {
      const elsewhere = this.units.findIndex((other) => other.name === name);
      if (elsewhere >= 0) this.units.splice(elsewhere, 1);
      this.units.push(unit);
      this.units.sort(before);
    }
    this.touched.add(unit);
    const longer = this.recount().filter((other) => other !== unit || known !== undefined);
    this.tell(unit, known === undefined, now);
    return { unit, longer };
  }

  /** What the next unit in a row would pay. */
  nextMu(): number {
    return streakAmount(
      this.policy,
      this.rule.amount,
      this.alive ? this.current + 1 : this.policy.resetTo,
    );
  }

  /** Breaks the streak if units missed by now do, and says whether that is news. */
  settle(now: number): void {
    const missed = this.missedSince(this.last, now);
    const { current, broken } = standing(this.policy, this.qualified(), missed, now, this.first);
    if (this.alive && (broken || current < this.current)) {
      this.moves.push({ change: 'BROKEN', current, previous: this.current });
    }
    this.alive &&= !broken;
    this.current = broken ? 0 : current;
  }

  /** When the streak may have broken next; null when it has. */
  nextCheck(now: number): Date | null {
    if (!this.alive) return null;
    const missed = this.missedSince(this.last, now);
    if (standing(this.policy, this.qualified(), missed, now, this.first).broken) {
      return new Date(now);
    }
    return new Date(this.policy.unit === 'DAY' ? this.nextMidnight(now) : this.nextWindow(now));
  }

  private qualified(): QualifiedUnit[] {
    return this.units.map((unit, index) => {
      const earlier = this.units[index - 1];
      return { at: unit.at, missed: earlier ? this.missedBetween(earlier, unit) : [] };
    });
  }

  private recount(): Unit[] {
    const oldest = this.units[0] as Unit;
    if (oldest.length === 0) this.first = this.policy.startAt;
    const lengths = lengthsOf(this.policy, this.qualified(), this.first);
    return this.units.filter((unit, index) => {
      const length = lengths[index] as number;
      if (length === unit.length || unit.eventId === null) return false;
      const longer = length > unit.length && unit.length > 0;
      unit.length = length;
      this.touched.add(unit);
      this.best = Math.max(this.best, length);
      return longer;
    });
  }

  private tell(unit: Unit, isNew: boolean, now: number): void {
    const units = this.qualified();
    const { current } = standing(this.policy, units, [], now, this.first);
    const own = units[this.units.indexOf(unit)] as QualifiedUnit;
    const goesOn = this.units.length === 1 || continues(this.policy, own);
    if (unit === this.last && isNew) {
      if (!goesOn && this.alive) {
        this.moves.push({ change: 'BROKEN', current: 0, previous: this.current });
        this.current = 0;
      }
      const change = goesOn ? 'ADVANCED' : 'RESTARTED';
      this.moves.push({ change, current, previous: this.current });
      this.alive = true;
    } else {
      const missed = this.missedSince(this.last, now);
      if (standing(this.policy, units, missed, now, this.first).broken) return;
      if (current > this.current) {
        this.moves.push({ change: 'ADVANCED', current, previous: this.current });
      }
      this.alive = true;
    }
    this.current = current;
  }

  /** When each unit between two others could no longer qualify. */
  private missedBetween(a: Unit, b: Unit): number[] {
    if (this.policy.unit === 'DAY') return this.missedDays(a.name, b.name);
    return this.unqualified()
      .filter((message) => before(a, message) < 0 && before(message, b) < 0)
      .map((message) => message.over);
  }

  private missedSince(unit: Unit | undefined, now: number): number[] {
    if (unit === undefined) return [];
    if (this.policy.unit === 'DAY') return this.missedDays(unit.name, this.localDay(now));
    return this.unqualified()
      .filter((message) => before(unit, message) < 0)
      .map((message) => message.over);
  }

  private missedDays(from: string, to: string): number[] {
    const { deliveredDays } = this.facts;
    const missed =
      deliveredDays === null
        ? Math.round((Date.parse(to) - Date.parse(from)) / dayMs) - 1
        : [...deliveredDays].filter((day) => from < day && day < to).length;
    // More than the policy forgives makes no difference.
    const enough = Math.min(Math.max(0, missed), this.policy.graceUnits + 1);
    return new Array<number>(enough).fill(forGood);
  }

  private unqualified(): SentMessage[] {
    const names = new Set(this.units.map((unit) => unit.name));
    return this.facts.messages.filter((message) => !names.has(message.name));
  }

  private localDay(now: number): string {
    return Zoned.fromMillis(now, { zone: this.zone }).toISODate() as string;
  }

  private nextMidnight(now: number): number {
    const days = this.facts.deliveredDays === null ? this.policy.graceUnits + 2 : 2;
    const last = Zoned.fromISO((this.last as Unit).name, { zone: this.zone });
    const due = last.plus({ days }).startOf('day').toMillis();
    if (due > now) return due;
    return Zoned.fromMillis(now, { zone: this.zone }).plus({ days: 1 }).startOf('day').toMillis();
  }

  private nextWindow(now: number): number {
    // A message delivered from now on has its window still before it.
    const open = this.unqualified().flatMap(({ over }) => (over >= now ? [over + 1] : []));
    return Math.min(now + windowMsOf(this.policy), ...open);
  }
}
