import { namedCustomers, type CustomerBy } from '../customers';
import {
  refused,
  type Answer,
  type Command,
  type CommandHandler,
  type CommandTransaction,
} from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import { ClaimFacts, type Invitation } from './claim-facts';
import { readDevice, storeDevices } from './devices';
import { programsOf } from './program.service';
import type { ReferralProgramRow } from './referral-program.entity';
import type { ReferralRow } from './referral.entity';
import { referralId } from './referral.id';

/** A friend who came with a code. */
export interface ClaimReferral {
  code: string;
  friend?: CustomerBy | null;
  deviceHash?: string | null;
}

export interface ReferralAnswer extends Answer {
  referral?: ReferralRow;
}

/** A claim that names a link and a friend who exist. */
interface Claim extends Invitation {
  device: string | null;
  program: ReferralProgramRow;
}

/** Notes who brought whom. Nothing is paid before the friend is activated. */
export const claimReferral: CommandHandler<ClaimReferral, ReferralAnswer> = {
  kind: 'claimReferral',
  async execute(tx, commands) {
    const claims = await readClaims(tx, commands);
    const good = claims.filter((one): one is Claim => 'friendId' in one);
    const facts = await ClaimFacts.read(tx, good);
    const judged = claims.map((claim): ReferralRow | UserErrorShape => {
      if (!('friendId' in claim)) return claim;
      const refusal = facts.refuse(claim);
      if (refusal !== null) return userError(refusal, [fieldOf(refusal)]);
      facts.note(claim);
      return rowOf(claim, tx.now);
    });
    const stored = await storeReferrals(tx, judged.filter(isRow));
    const seen = good.filter(({ friendId, brandId }) => stored.has(`${brandId} ${friendId}`));
    await storeDevices(
      tx,
      seen.map(({ brandId, friendId, device }) => ({ brandId, customerId: friendId, device })),
    );
    return judged.map((one): ReferralAnswer => {
      if (!isRow(one)) return refused(one);
      if (stored.get(`${one.brand_id} ${one.friend_id}`) === one.id) {
        return { referral: one, userErrors: [] };
      }
      return refused(userError('ALREADY_REFERRED', ['friend']));
    });
  },
};

function isRow(one: ReferralRow | UserErrorShape): one is ReferralRow {
  return 'id' in one;
}

function fieldOf(code: UserErrorShape['code']): string {
  return code === 'SHARED_DEVICE' ? 'deviceHash' : 'friend';
}

const linksSql = `
  SELECT t.place, l.id, l.customer_id FROM unnest($1::uuid[], $2::text[])
    WITH ORDINALITY AS t(brand_id, code, place)
  JOIN referral_links l ON l.brand_id = t.brand_id AND l.code = t.code`;

async function readClaims(
  tx: CommandTransaction,
  commands: readonly Command<ClaimReferral>[],
): Promise<(Claim | UserErrorShape)[]> {
  const brands = commands.map(({ tenant }) => tenant as string);
  const programs = await programsOf(tx, [...new Set(brands)]);
  const friends = await namedCustomers(
    tx,
    commands.map((command) => ({ command, by: command.input.friend ?? null })),
  );
  const rows = await tx.query<{ place: number; id: string; customer_id: string }>(linksSql, [
    brands,
    // What PostgreSQL cannot store is nobody's code.
    commands.map(({ input }) => input.code.replaceAll(/[^\x21-\x7e]/g, ' ')),
  ]);
  const links = new Map(rows.map((row) => [row.place - 1, row]));
  return commands.map(({ input }, at) => {
    const brandId = brands[at] as string;
    const device = readDevice(input.deviceHash ?? null);
    if (device.refusal) return device.refusal;
    const link = links.get(at);
    if (link === undefined) return userError('NOT_FOUND', ['code']);
    const friendId = friends[at] ?? null;
    if (friendId === null) return userError('NOT_FOUND', ['friend']);
    const program = programs.get(brandId);
    if (program?.open !== true) return userError('PROGRAM_CLOSED', ['code']);
    const referrerId = link.customer_id;
    return { brandId, friendId, referrerId, linkId: link.id, device: device.value, program };
  });
}

function rowOf(claim: Claim, now: Date): ReferralRow {
  const { program } = claim;
  return {
    id: referralId.create(),
    brand_id: claim.brandId,
    program_id: program.id,
    link_id: claim.linkId,
    referrer_id: claim.referrerId,
    friend_id: claim.friendId,
    state: 'PENDING',
    referrer_mu: program.referrer_mu,
    friend_mu: program.friend_mu,
    share_percent: program.share_percent,
    share_days: program.share_days,
    share_cap_mu: program.share_cap_mu,
    earned_mu: 0,
    shared_mu: 0,
    claimed_at: now,
    activated_at: null,
    share_ends_at: null,
    reversed_at: null,
  };
}

const insertSql = `
  INSERT INTO referrals SELECT * FROM jsonb_populate_recordset(NULL::referrals, $1::jsonb) t
  ORDER BY t.brand_id, t.friend_id
  ON CONFLICT (brand_id, friend_id) DO NOTHING
  RETURNING id, brand_id, friend_id`;

/** Stores claims; of two for one friend, also in two transactions, one stays. Answers the ids that did. */
async function storeReferrals(
  tx: CommandTransaction,
  rows: readonly ReferralRow[],
): Promise<Map<string, string>> {
  if (rows.length === 0) return new Map();
  const stored = await tx.query<Pick<ReferralRow, 'id' | 'brand_id' | 'friend_id'>>(insertSql, [
    JSON.stringify(rows),
  ]);
  return new Map(stored.map((row) => [`${row.brand_id} ${row.friend_id}`, row.id]));
}
