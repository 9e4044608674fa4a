import { Chance } from './random';
import type { Tables } from './tables';

export const dayMs = 86_400_000;

/** What is told of the brand whose base it is. */
export interface Brand {
  id: string;
  ruleId: string;
}

/** Everything the tellers need to know. */
export interface Plot {
  brand: Brand;
  customers: number;
  events: number;
  /** Midnight in UTC of the first day, and how many days there are; the last one is yesterday. */
  begins: number;
  days: number;
  seed: number;
}

/** Somebody of the base. */
export interface Person {
  id: string;
  /** Milliseconds. */
  joined: number;
  gone: number;
  /** How likely they are to open what they are sent, while they are there. */
  keenness: number;
  /** Their mailbox fetches pictures by itself. */
  fetched: boolean;
  /** Nothing sent to their address arrives. */
  dead: boolean;
  /** Milliseconds their clock is ahead of UTC. */
  zone: number;
}

/** Without summer time, so that a local day is a sum. */
const zones = [
  ['Asia/Kolkata', 5.5],
  ['Asia/Dubai', 4],
  ['Asia/Singapore', 8],
] as const;

export const brandZoneMs = 5.5 * 3_600_000;

const cities = ['Pune', 'Mumbai', 'Delhi', 'Kolkata', 'Chennai', 'Jaipur', 'Kochi', 'Leh'];
const names = ['Asha', 'Rohit', 'Meera', 'Arjun', 'Kavya', 'Vikram', 'Nisha', 'Dev'];

/** The local day of a moment. */
export function localDayOf(milliseconds: number, zone: number): string {
  return dayText(Math.floor((milliseconds + zone) / dayMs));
}

const dayTexts = new Map<number, string>();

function dayText(day: number): string {
  let text = dayTexts.get(day);
  if (text === undefined) {
    text = new Date(day * dayMs).toISOString().slice(0, 10);
    dayTexts.set(day, text);
  }
  return text;
}

export function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

/**
 * The people of the base, the eldest relationship first. Half were there when it begins. A few are keen
 * and most are not, as in every mail base, and whoever joined is gone after some time.
 */
export function tellPeople({ customers, begins, days, seed }: Plot): Person[] {
  const chance = new Chance(seed);
  return Array.from({ length: customers }, (_, at): Person => {
    const share = Math.max(0, (at / customers) * 2 - 1);
    const joined = begins + share * (days - 1) * dayMs + chance.below(dayMs);
    return {
      id: chance.uuid(joined),
      joined,
      gone: joined + chance.exponential(500) * dayMs,
      keenness: chance.next() ** 4,
      fetched: chance.next() < 0.35,
      dead: chance.next() < 0.02,
      zone: (chance.next() < 0.9 ? zones[0] : chance.pick(zones))[1] * 3_600_000,
    };
  });
}

/** Writes who they are and what they allow the brand. */
export function writePeople({ brand, seed }: Plot, people: readonly Person[], into: Tables): void {
  const chance = new Chance(seed + 1);
  for (const [at, person] of people.entries()) {
    const since = instant(person.joined);
    const email = `person-${at}@mail.example`;
    const phone = chance.next() < 0.4 ? `+9198${String(at).padStart(8, '0')}` : null;
    into.customers.add(person.id, since);
    const { 0: zone } = zones.find(([, hours]) => hours * 3_600_000 === person.zone) ?? zones[0];
    const traits = {
      name: `${chance.pick(names)} ${at}`,
      // Cities are of unlike size, so that some conditions meet many and some few.
      city: cities[Math.floor(chance.next() ** 2 * cities.length)],
      tier: chance.below(5),
      ...(zone === 'Asia/Kolkata' ? {} : { timezone: zone }),
    };
    into.relationships.add(
      brand.id,
      person.id,
      `c-${at}`,
      email,
      phone,
      JSON.stringify(traits),
      since,
      since,
    );
    const named = [['EMAIL', email], ...(phone === null ? [] : [['PHONE', phone]])];
    for (const [kind, value] of named as [string, string][]) {
      into.identities.add(kind, value, person.id, since);
      const confirmed = chance.next() < 0.6 ? since : null;
      into.brand_identities.add(brand.id, kind, value, person.id, confirmed, since);
    }
    writeConsents(brand, person, chance, into);
  }
}

const purposes = [
  ['MESSAGES', 0.9],
  ['MARKETING', 0.6],
  ['PROFILING', 0.3],
] as const;

function writeConsents(brand: Brand, person: Person, chance: Chance, into: Tables): void {
  const since = instant(person.joined);
  for (const [purpose, share] of purposes) {
    const granted = chance.next() < share;
    into.consents.add(brand.id, person.id, purpose, granted, since, since);
    into.consent_receipts.add(
      chance.uuid(person.joined),
      brand.id,
      person.id,
      purpose,
      granted,
      'BRAND',
      since,
      since,
    );
  }
  if (chance.next() < 0.05) {
    into.channel_preferences.add(brand.id, person.id, 'SMS', false, 'CUSTOMER', since);
  }
}
