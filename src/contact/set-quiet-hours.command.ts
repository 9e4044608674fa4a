import { namedCustomers, type CustomerBy } from '../customers';
import {
  refused,
  type Answer,
  type CommandHandler,
  type CommandTransaction,
} from '../platform/database/command';
import { userError } from '../platform/errors';
import type { Checked } from '../platform/text';
import { pairColumns, pairName, type Pair } from './pair';
import { readTime, type QuietHours } from './quiet-hours';

/** A customer's own quiet hours, such as 22:00 to 08:00; neither for the brand's again. */
export interface SetQuietHours {
  customer?: CustomerBy | null;
  from?: string | null;
  until?: string | null;
}

/** Whose they are, by UUID. */
export interface QuietHoursAnswer extends Answer {
  of?: Pair;
}

/** Two times of day or none; refuses with INVALID_VALUE. */
export function checkQuietHours(
  from: string | null,
  until: string | null,
  field: readonly string[] = [],
): Checked<QuietHours | null> {
  if (from === null && until === null) return { value: null };
  const read = { from: readTime(from ?? ''), until: readTime(until ?? '') };
  for (const end of ['from', 'until'] as const) {
    if (read[end] === null) {
      const message = 'A time of day such as 22:00; both ends, or neither.';
      return { refusal: userError('INVALID_VALUE', [...field, end], message) };
    }
  }
  return { value: read as QuietHours };
}

const storeSql = `
  INSERT INTO quiet_hours (brand_id, customer_id, quiet_from, quiet_until, updated_at)
  SELECT t.*, $5 FROM unnest($1::uuid[], $2::uuid[], $3::smallint[], $4::smallint[])
    AS t(brand_id, customer_id, quiet_from, quiet_until)
  ORDER BY t.brand_id, t.customer_id
  ON CONFLICT (brand_id, customer_id) DO UPDATE SET quiet_from = excluded.quiet_from,
    quiet_until = excluded.quiet_until, updated_at = excluded.updated_at`;

/** Writes down when customers want to be left alone; the last word counts. */
export const setQuietHours: CommandHandler<SetQuietHours, QuietHoursAnswer> = {
  kind: 'setQuietHours',
  async execute(tx, commands) {
    const customers = await namedCustomers(
      tx,
      commands.map((command) => ({ command, by: command.input.customer ?? null })),
    );
    const last = new Map<string, { of: Pair; hours: QuietHours | null }>();
    const answers = commands.map(({ input, tenant }, at): QuietHoursAnswer => {
      const customerId = customers[at] ?? null;
      if (customerId === null) return refused(userError('NOT_FOUND', ['customer']));
      const hours = checkQuietHours(input.from ?? null, input.until ?? null);
      if (hours.refusal) return refused(hours.refusal);
      const of = { brandId: tenant as string, customerId };
      last.set(pairName(of), { of, hours: hours.value });
      return { of, userErrors: [] };
    });
    await store(tx, [...last.values()]);
    return answers;
  },
};

async function store(
  tx: CommandTransaction,
  words: readonly { of: Pair; hours: QuietHours | null }[],
): Promise<void> {
  if (words.length === 0) return;
  await tx.query(storeSql, [
    ...pairColumns(words.map(({ of }) => of)),
    words.map(({ hours }) => hours?.from ?? null),
    words.map(({ hours }) => hours?.until ?? null),
    tx.now,
  ]);
}
