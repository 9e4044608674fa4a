import {
  keyValues,
  readCustomerBy,
  selectByKey,
  type CustomerBy,
  type RelationshipEntity,
} from '../customers';
import { brandOf, viewer } from '../platform/auth/caller';
import { RequestError } from '../platform/errors';
import type { Context } from '../platform/graphql/context';
import { defineListLoader } from '../platform/graphql/loaders';
import type { ContactVerdict } from './contact.type';
import { factsSql, toFacts, type FactsJson } from './facts.sql';
import { pairColumns, pairName, pairNamed, pairOf } from './pair';
import { judgeContact, type ContactQuestion } from './verdict';

const dayMs = 86_400_000;

const byKeySql = selectByKey(`${factsSql('$6', '$7::timestamptz', '$8')} AS facts`);

const byPairSql = `
  SELECT t.place, ${factsSql('$5', '$6::timestamptz', '$7')} AS facts
  FROM unnest($3::uuid[], $4::uuid[]) WITH ORDINALITY AS t(brand_id, customer_id, place)
  JOIN relationships r ON r.brand_id = t.brand_id AND r.customer_id = t.customer_id
  WHERE ($1::uuid IS NULL OR r.brand_id = $1) AND ($2::uuid IS NULL OR r.customer_id = $2)`;

interface FactsRow {
  place: number;
  facts: FactsJson;
}

/** One moment for a whole request, so that a page of customers is asked about the same one. */
const moments = new WeakMap<Context, Date>();

function nowOf(context: Context): Date {
  const now = moments.get(context) ?? context.clock.now(new Date());
  moments.set(context, now);
  return now;
}

/** The question with its moment, now where none is named. Throws BAD_USER_INPUT for one too far from now. */
export function askedAt(
  context: Context,
  { at, ...question }: Omit<ContactQuestion, 'at'> & { at: Date | null | undefined },
): ContactQuestion {
  const now = nowOf(context);
  const { contactDays } = context.config.limits;
  if (at && Math.abs(at.getTime() - now.getTime()) > contactDays * dayMs) {
    throw new RequestError('BAD_USER_INPUT', `at must be within ${contactDays} days of now`);
  }
  return { ...question, at: at ?? now };
}

/**
 * Whether the calling brand may send each of these customers a message, in the same order; null for those
 * it does not know. One statement.
 */
export async function judgeEach(
  context: Context,
  customers: readonly CustomerBy[],
  question: ContactQuestion,
): Promise<(ContactVerdict | null)[]> {
  const brandId = brandOf(context.caller) as string;
  const keys = customers.map((by) => ({ brandId, key: readCustomerBy(by) }));
  const rows = await context.reads.query<FactsRow>(byKeySql, [
    ...keyValues(keys),
    ...valuesOf(context, question),
  ]);
  return inPlace(customers.length, rows, question);
}

/** A question as plain data, for loaders. */
type Asked = Omit<ContactQuestion, 'at'> & { at: string };

const verdictLoader = defineListLoader<Asked, ContactVerdict | null>(
  async (context, names, { at, ...asked }) => {
    const question = { ...asked, at: new Date(at) };
    const rows = await context.reads.query<FactsRow>(byPairSql, [
      ...viewer(context.caller),
      ...pairColumns(names.map(pairNamed)),
      ...valuesOf(context, question),
    ]);
    return inPlace(names.length, rows, question);
  },
);

/** Whether the brand of a relationship may send its customer a message; one statement for a page. */
export function judgeRelationship(
  context: Context,
  relationship: RelationshipEntity,
  question: ContactQuestion,
): Promise<ContactVerdict | null> {
  const asked = { ...question, at: question.at.toISOString() };
  return verdictLoader(context, asked).load(pairName(pairOf(relationship)));
}

function valuesOf({ config }: Context, { channel, at }: ContactQuestion): unknown[] {
  return [channel, at, config.limits.contactDeliveries];
}

function inPlace(
  count: number,
  rows: readonly FactsRow[],
  question: ContactQuestion,
): (ContactVerdict | null)[] {
  const { channel, at } = question;
  const verdicts = Array.from({ length: count }, (): ContactVerdict | null => null);
  for (const { place, facts } of rows) {
    verdicts[place - 1] = { channel, at, ...judgeContact(toFacts(facts), question) };
  }
  return verdicts;
}
