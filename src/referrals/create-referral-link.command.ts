import { randomBytes } from 'node:crypto';
import { namedCustomers, type CustomerBy } from '../customers';
import type { ChannelName } from '../messages';
import {
  refused,
  type Answer,
  type CommandHandler,
  type CommandTransaction,
} from '../platform/database/command';
import { userError } from '../platform/errors';
import { readDevice, storeDevices, type Seen } from './devices';
import { programsOf } from './program.service';
import type { ReferralLinkRow } from './referral-link.entity';
import { referralLinkId } from './referral.id';

/** Whose link, for which channel, and what it is made on. */
export interface CreateReferralLink {
  customer?: CustomerBy | null;
  channel: ChannelName;
  deviceHash?: string | null;
}

export interface ReferralLinkAnswer extends Answer {
  link?: ReferralLinkRow;
}

/** Letters and digits that are not mistaken for one another when a code is read aloud; 32 of them. */
const alphabet = '23456789abcdefghjkmnpqrstuvwxyz0';
const codeLength = 16;

/** Eighty random bits: nobody who has not been given the code has it. */
function newCode(): string {
  return Array.from(randomBytes(codeLength), (byte) => alphabet[byte % 32]).join('');
}

/** Gives customers their links, one for each channel; who asks again gets the one there is. */
export const createReferralLink: CommandHandler<CreateReferralLink, ReferralLinkAnswer> = {
  kind: 'createReferralLink',
  async execute(tx, commands) {
    const brands = [...new Set(commands.map(({ tenant }) => tenant as string))];
    const programs = await programsOf(tx, brands);
    const customers = await namedCustomers(
      tx,
      commands.map((command) => ({ command, by: command.input.customer ?? null })),
    );
    const read = commands.map(({ input, tenant }, at): Wanted | Answer => {
      const brandId = tenant as string;
      const customerId = customers[at] ?? null;
      const device = readDevice(input.deviceHash ?? null);
      if (device.refusal) return refused(device.refusal);
      if (customerId === null) return refused(userError('NOT_FOUND', ['customer']));
      if (programs.get(brandId)?.open !== true) return refused(userError('PROGRAM_CLOSED'));
      return { brandId, customerId, channel: input.channel, device: device.value };
    });
    const good = read.filter(isWanted);
    const links = await storeLinks(tx, good);
    await storeDevices(tx, good);
    return read.map((one): ReferralLinkAnswer => {
      if (!isWanted(one)) return one;
      return { link: links.get(nameOf(one.brandId, one.customerId, one.channel)), userErrors: [] };
    });
  },
};

interface Wanted extends Seen {
  channel: ChannelName;
}

function isWanted(one: Wanted | Answer): one is Wanted {
  return !('userErrors' in one);
}

function nameOf(...parts: string[]): string {
  return parts.join(' ');
}

const insertSql = `
  INSERT INTO referral_links
  SELECT * FROM jsonb_populate_recordset(NULL::referral_links, $1::jsonb) t
  ORDER BY t.brand_id, t.customer_id, t.channel
  ON CONFLICT (brand_id, customer_id, channel) DO NOTHING`;

const readSql = `
  SELECT l.* FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS t(brand_id, customer_id, channel)
  JOIN referral_links l ON l.brand_id = t.brand_id AND l.customer_id = t.customer_id
    AND l.channel = t.channel`;

async function storeLinks(
  tx: CommandTransaction,
  wanted: readonly Wanted[],
): Promise<Map<string, ReferralLinkRow>> {
  if (wanted.length === 0) return new Map();
  const rows = wanted.map(({ brandId, customerId, channel }): ReferralLinkRow => {
    const names = { id: referralLinkId.create(), brand_id: brandId, customer_id: customerId };
    return { ...names, channel, code: newCode(), created_at: tx.now };
  });
  await tx.query(insertSql, [JSON.stringify(rows)]);
  const links = await tx.query<ReferralLinkRow>(readSql, [
    wanted.map(({ brandId }) => brandId),
    wanted.map(({ customerId }) => customerId),
    wanted.map(({ channel }) => channel),
  ]);
  return new Map(links.map((row) => [nameOf(row.brand_id, row.customer_id, row.channel), row]));
}
