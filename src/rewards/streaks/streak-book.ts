import { messageId } from '../../messages';
import type { CommandTransaction } from '../../platform/database/command';
import type { CapQuestion } from '../cap-counters';
import type { EarnRuleEntity } from '../earn-rule.entity';
import { earnRuleId } from '../earn-rule.id';
import type { MessageKey } from '../payment-facts';
import {
  AwardsOfLines,
  newAward,
  readAwards,
  storeAwards,
  type StreakAward,
} from './streak-awards';
import { policyOf, windowMsOf, type LineName, type StreakLine } from './streak-line';
import { nameOfLine, readLines } from './streak-line.read';
import { storeLines } from './streak-line.write';
import { findPositions, strandOf, type StreakEvent } from './streak-event';

/** A place in a streak that an event has. */
export interface Counted {
  rule: EarnRuleEntity;
  length: number;
  best: number;
  day: string;
  messageId: string | null;
  line: StreakLine;
  unit: string;
}

/** An award whose place in the streak has become better. */
export interface Rise {
  award: StreakAward;
  length: number;
}

/**
 * The streaks a batch of events may touch: read under the wallets' locks, extended in memory event by
 * event, then stored. An event that is told late finds its place among the units that were counted
 * before, and makes those behind it longer; what they were paid too little is owed as a rise.
 */
export class StreakBook {
  private readonly lines = new Map<string, StreakLine>();
  private readonly events = new Map<string, StreakEvent>();
  private rises: Rise[] = [];

  private constructor(
    private readonly tx: CommandTransaction,
    private readonly awards: AwardsOfLines,
  ) {}

  /** `lock` says whether what is counted will be stored. */
  static async read(
    tx: CommandTransaction,
    events: readonly StreakEvent[],
    lock: { lock: boolean },
  ): Promise<StreakBook> {
    const timely = events.filter((event) => isTimely(tx, event));
    await findPositions(tx, timely);
    const wanted = new Map(
      timely.flatMap((event) => {
        const line = wantedLine(event);
        return line === null ? [] : [[nameOfLine(line.of), line] as const];
      }),
    );
    for (const event of timely) {
      const line = wanted.get(lineNameOf(event) ?? '');
      if (line !== undefined) line.since = Math.min(line.since, event.position);
    }
    const lines = await readLines(tx, [...wanted.values()], lock);
    const later = lines.flatMap(({ of, zone, units }) => {
      const { since } = wanted.get(nameOfLine(of)) as { since: number };
      return units.some(({ position }) => position > since) ? [{ of, zone, since }] : [];
    });
    const book = new StreakBook(tx, new AwardsOfLines(await readAwards(tx, later)));
    for (const line of lines) book.lines.set(nameOfLine(line.of), line);
    for (const event of timely) book.events.set(`${event.eventId} ${event.rule.uuid}`, event);
    return book;
  }

  /** The messages of payments that may have to be added to. */
  get messages(): MessageKey[] {
    return this.awards.all().flatMap(({ of: { brandId, customerId }, message }) => {
      return message === null ? [] : [{ brandId, customerId, messageId: message.uuid }];
    });
  }

  /** Streaks of days that were counted. */
  get dayLines(): LineName[] {
    const touched = [...this.lines.values()].filter((line) => line.touched.size > 0);
    return touched.map(({ of }) => of).filter(({ strand }) => strand === 'DAY');
  }

  /** Under which caps payments may have to be added to. */
  get capQuestions(): CapQuestion[] {
    return this.awards.all().map(capQuestionOf);
  }

  /** Counts an event for a rule's streak; null when it came too late for it, or has no unit in it. */
  qualify(rule: EarnRuleEntity, eventId: string): Counted | null {
    const event = this.events.get(`${eventId} ${rule.uuid}`);
    const line = event && this.lines.get(lineNameOf(event) ?? '');
    if (event === undefined || line === undefined) return null;
    const { position, occurredAt, unit: name } = event;
    const window = windowMsOf(policyOf(rule));
    if (window > 0 && occurredAt.getTime() > position + window) return null;
    line.rule = rule;
    const now = this.tx.now.getTime();
    const { unit, longer } = line.qualify(name, position, occurredAt.getTime(), eventId, now);
    for (const other of longer) this.owe(line, other.name, other.length);
    const { day, messageId: message } = event;
    const { length } = unit;
    return { rule, length, best: line.best, day, messageId: message, line, unit: name };
  }

  /** Remembers what the streak's rate paid, so that a better place can be paid later. */
  paid({ line, unit, rule }: Counted, payment: Parameters<typeof newAward>[3]): void {
    this.awards.add(newAward(line.of, unit, rule, payment));
  }

  /** What has become owed since it was asked last. */
  takeRises(): Rise[] {
    return this.rises.splice(0);
  }

  async store(): Promise<void> {
    await storeLines(this.tx, [...this.lines.values()]);
    await storeAwards(this.tx, this.awards.all());
    for (const line of this.lines.values()) announceMoves(this.tx, line);
  }

  private owe(line: StreakLine, unit: string, length: number): void {
    for (const award of this.awards.of(line, unit)) this.rises.push({ award, length });
  }
}

/** The caps that limit what may be added to an award. */
export function capQuestionOf({ of, event, rule }: StreakAward): CapQuestion {
  return { brandId: of.brandId, event, rule };
}

/** Announces what happened to a streak since it was last announced. */
export function announceMoves(tx: CommandTransaction, line: StreakLine): void {
  const { of, rule, last } = line;
  for (const { change, current, previous } of line.moves.splice(0)) {
    const { unit } = policyOf(rule);
    const message = unit === 'DAY' || last === undefined ? null : messageId.encode(last.name);
    tx.announce({
      topic: 'streak.changed',
      brandId: of.brandId,
      customerId: of.customerId,
      payload: {
        ruleId: earnRuleId.encode(rule.uuid),
        unit,
        current,
        previous,
        change,
        lastMessageId: message,
      },
    });
  }
}

function isTimely(tx: CommandTransaction, { occurredAt }: StreakEvent): boolean {
  return tx.now.getTime() - occurredAt.getTime() <= tx.limits.streakLateHours * 3_600_000;
}

function wantedLine(event: StreakEvent) {
  const { brandId, customerId, rule, zone, position } = event;
  const strand = strandOf(event);
  if (strand === null) return null;
  return { of: { brandId, customerId, ruleName: rule.name, strand }, rule, zone, since: position };
}

function lineNameOf(event: StreakEvent): string | null {
  const line = wantedLine(event);
  return line === null ? null : nameOfLine(line.of);
}
