import { Ledger } from './ledger';
import { dayMs, instant, localDayOf, type Person, type Plot } from './people';
import { Chance } from './random';
import { keepUp, type Tables } from './tables';

const daysBetweenMessages = 3;
/** Deliveries for one event. */
const deliveriesPerEvent = 0.6;
const others = ['VISIT', 'VISIT', 'VISIT', 'CUSTOM', 'READ', 'POLL', 'SCAN', 'VIDEO_COMPLETE'];

/** Something that happens at a moment, told when its time comes. */
interface Happening {
  at: number;
  tell: () => void;
}

/**
 * What happens to the base, day by day and in the order of time, as a table has it that was filled while it
 * happened: every third day a mail to some, opens and clicks in the days after it, visits in between.
 */
export class History {
  private readonly chance: Chance;
  private readonly ledger: Ledger;
  private readonly coming = new Map<number, Happening[]>();
  private told = 0;
  private joined = 0;

  constructor(
    private readonly plot: Plot,
    private readonly people: readonly Person[],
    private readonly into: Tables,
  ) {
    this.chance = new Chance(plot.seed + 2);
    this.ledger = new Ledger(plot, into, this.chance);
  }

  /** Writes everything; `progress` is told of each day that is over. */
  async write(progress: (day: number) => void): Promise<void> {
    const { begins, days, events } = this.plot;
    for (let day = 0; day < days; day += 1) {
      const midnight = begins + day * dayMs;
      while (this.joined < this.people.length && this.person(this.joined).joined < midnight) {
        this.joined += 1;
      }
      if (day % daysBetweenMessages === 0) this.send(day, midnight);
      const due = this.coming.get(day) ?? [];
      this.coming.delete(day);
      const wanted = Math.round((events * (day + 1)) / days) - this.told;
      // A day with more answers than its share of events leaves fewer visits for the next.
      for (let n = due.length; n < wanted && this.joined > 0; n += 1)
        due.push(this.visit(midnight));
      due.sort((a, b) => a.at - b.at);
      for (const one of due) one.tell();
      this.told += due.length;
      await keepUp(this.into);
      progress(day + 1);
    }
    this.ledger.close();
  }

  private person(at: number): Person {
    return this.people[at] as Person;
  }

  private send(day: number, midnight: number): void {
    const { brand, days, events } = this.plot;
    const sentAt = midnight + 4 * 3_600_000;
    const id = this.chance.uuid(sentAt);
    const number = day / daysBetweenMessages;
    this.into.messages.add(
      id,
      brand.id,
      `mail-${number}`,
      'EMAIL',
      'MARKETING',
      `Offer ${number}`,
      `campaign-${number % 12}`,
      instant(sentAt),
    );
    const most = Math.round((events * deliveriesPerEvent * daysBetweenMessages) / days);
    const recipients = Math.min(most, this.joined);
    // Every so many people from somewhere on: nobody twice, and others than last time.
    const step = this.joined / Math.max(1, recipients);
    const from = this.chance.below(Math.max(1, this.joined));
    for (let n = 0; n < recipients; n += 1) {
      const person = this.person((from + Math.floor(n * step)) % this.joined);
      this.deliver(id, person, sentAt + Math.floor((n / recipients) * 1_800_000));
    }
  }

  private deliver(message: string, person: Person, at: number): void {
    const { brand } = this.plot;
    this.into.deliveries.add(
      this.chance.uuid(at),
      brand.id,
      message,
      person.id,
      instant(at),
      instant(at),
      person.dead ? 'BOUNCED' : 'DELIVERED',
      localDayOf(at, person.zone),
    );
    if (person.dead) return;
    if (person.fetched) {
      const fetched = at + 60_000 + this.chance.below(60_000);
      this.plan(fetched, () =>
        this.event(person, { at: fetched, message, action: 'OPEN', sure: 0 }),
      );
    }
    const there = at < person.gone ? 1 : 0.01;
    if (this.chance.next() >= Math.min(0.9, person.keenness * 1.6) * there) return;
    const opened = at + this.chance.exponential(14) * 3_600_000;
    const clicks = this.chance.next() < 0.25;
    // A click proves the open before it.
    const sure = clicks ? 100 : 50;
    this.plan(opened, () => this.event(person, { at: opened, message, action: 'OPEN', sure }));
    if (clicks) {
      const clicked = opened + this.chance.exponential(120_000);
      this.plan(clicked, () =>
        this.event(person, { at: clicked, message, action: 'CLICK', sure: 100 }),
      );
    }
  }

  private plan(at: number, tell: () => void): void {
    const day = Math.floor((at - this.plot.begins) / dayMs);
    if (day >= this.plot.days) return;
    const waiting = this.coming.get(day);
    if (waiting === undefined) this.coming.set(day, [{ at, tell }]);
    else waiting.push({ at, tell });
  }

  /** By somebody who is there, the keener the likelier. */
  private visit(midnight: number): Happening {
    const at = midnight + this.chance.below(dayMs);
    let person = this.person(this.chance.below(this.joined));
    for (let tries = 0; tries < 50; tries += 1) {
      if (this.chance.next() < person.keenness * (at < person.gone ? 1 : 0.01)) break;
      person = this.person(this.chance.below(this.joined));
    }
    const action = this.chance.pick(others);
    return { at, tell: () => this.event(person, { at, message: null, action, sure: 100 }) };
  }

  private event(
    person: Person,
    {
      at,
      message,
      action,
      sure,
    }: { at: number; message: string | null; action: string; sure: number },
  ): void {
    const { brand } = this.plot;
    const recorded = at + 1000 + this.chance.below(4000);
    const id = this.chance.uuid(recorded);
    const day = localDayOf(at, person.zone);
    this.into.attention_events.add(
      id,
      brand.id,
      person.id,
      message,
      action,
      message === null ? 'WEB' : 'EMAIL',
      sure,
      sure === 0,
      false,
      action === 'READ' ? 5000 + this.chance.below(60_000) : null,
      instant(at),
      instant(recorded),
      day,
    );
    if (action === 'CLICK') this.ledger.grant(person, { event: id, message, day, at: recorded });
  }
}
