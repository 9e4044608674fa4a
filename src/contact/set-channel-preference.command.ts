import { namedCustomers, type CustomerBy } from '../customers';
import type { ChannelName } from '../messages';
import { isFromBrand } from '../platform/database/caller-command';
import {
  refused,
  type Answer,
  type Command,
  type CommandHandler,
  type CommandTransaction,
} from '../platform/database/command';
import { userError } from '../platform/errors';
import type { ChannelPreferenceName } from './contact.type';
import { pairName, type Pair } from './pair';

/** What a customer says of a channel, without the idempotency key. */
export interface SetChannelPreference {
  customer?: CustomerBy | null;
  channel: ChannelName;
  preference: ChannelPreferenceName;
  preferredHour?: number | null;
}

/** Whose it is, by UUID. */
export interface ChannelPreferenceAnswer extends Answer {
  of?: Pair;
}

const storeSql = `
  INSERT INTO channel_preferences
    (brand_id, customer_id, channel, allowed, preferred_hour, told_by, updated_at)
  SELECT t.*, $7
  FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::boolean[], $5::smallint[], $6::text[])
    AS t(brand_id, customer_id, channel, allowed, preferred_hour, told_by)
  ORDER BY t.brand_id, t.customer_id, t.channel
  ON CONFLICT (brand_id, customer_id, channel) DO UPDATE SET allowed = excluded.allowed,
    preferred_hour = excluded.preferred_hour, told_by = excluded.told_by,
    updated_at = excluded.updated_at`;

/** Writes down what customers want of channels; the last word counts. */
export const setChannelPreference: CommandHandler<SetChannelPreference, ChannelPreferenceAnswer> = {
  kind: 'setChannelPreference',
  async execute(tx, commands) {
    const customers = await namedCustomers(
      tx,
      commands.map((command) => ({ command, by: command.input.customer ?? null })),
    );
    const last = new Map<string, { command: Command<SetChannelPreference>; of: Pair }>();
    const answers = commands.map((command, at): ChannelPreferenceAnswer => {
      const { channel, preferredHour: hour } = command.input;
      const customerId = customers[at] ?? null;
      if (customerId === null) return refused(userError('NOT_FOUND', ['customer']));
      if (typeof hour === 'number' && (hour < 0 || hour > 23)) {
        return refused(userError('INVALID_VALUE', ['preferredHour'], 'Must be from 0 to 23.'));
      }
      const of = { brandId: command.tenant as string, customerId };
      last.set(`${pairName(of)} ${channel}`, { command, of });
      return { of, userErrors: [] };
    });
    await store(tx, [...last.values()]);
    return answers;
  },
};

async function store(
  tx: CommandTransaction,
  words: readonly { command: Command<SetChannelPreference>; of: Pair }[],
): Promise<void> {
  if (words.length === 0) return;
  await tx.query(storeSql, [
    words.map(({ of }) => of.brandId),
    words.map(({ of }) => of.customerId),
    words.map(({ command }) => command.input.channel),
    words.map(({ command }) => command.input.preference === 'ALLOWED'),
    words.map(({ command }) => command.input.preferredHour ?? null),
    words.map(({ command }) => (isFromBrand(command) ? 'BRAND' : 'CUSTOMER')),
    tx.now,
  ]);
}
