import { accounts, checkAmount, Posting } from '../ledger';
import {
  refused,
  type Answer,
  type Command,
  type CommandHandler,
  type CommandTransaction,
} from '../platform/database/command';
import { userError, type UserErrorCode, type UserErrorShape } from '../platform/errors';
import { fund, giveBack } from './program-reserve';
import { programsOf } from './program.service';
import type { ReferralProgramRow } from './referral-program.entity';
import { referralProgramId } from './referral.id';

/** A programme as a brand describes it; what is left out has its default. */
export interface UpsertReferralProgram {
  reserve?: number | null;
  referrerMu?: number | null;
  friendMu: number;
  sharePercent?: number | null;
  shareDays?: number | null;
  shareCapMu?: number | null;
  linkBase?: string | null;
  open?: boolean | null;
}

/** The programme and what its reserve held then. */
export interface ReferralProgramAnswer extends Answer {
  program?: ReferralProgramRow;
  reserved?: number;
}

export const defaults = { referrerMu: 100, sharePercent: 2, shareDays: 90, shareCapMu: 200 };

const longestShareDays = 3650;
const longestLinkBase = 500;

type Terms = Omit<ReferralProgramRow, 'id' | 'created_at'> & { reserve: number };

/** Publishes brands' referral programmes, one for each brand, and fills or empties their reserves. */
export const upsertReferralProgram: CommandHandler<UpsertReferralProgram, ReferralProgramAnswer> = {
  kind: 'upsertReferralProgram',
  async execute(tx, commands) {
    const read = commands.map((command) => readTerms(tx, command));
    const good = read.filter((one): one is Terms => 'brand_id' in one);
    const brands = [...new Set(good.map((terms) => terms.brand_id))];
    if (brands.length > 0) await tx.query(lockSql, [brands]);
    const programs = await programsOf(tx, brands);
    for (const brand of brands) {
      if (!programs.has(brand)) programs.set(brand, newProgram(brand, tx.now));
    }
    const refs = [...programs.values()].flatMap(({ id, brand_id: brand }) => [
      accounts.budget(brand),
      accounts.reserve(brand, id),
    ]);
    const posting = await Posting.open(tx, refs, []);
    const changed = new Set<ReferralProgramRow>();
    const answers = read.map((terms): ReferralProgramAnswer => {
      if (!('brand_id' in terms)) return refused(terms);
      const program = programs.get(terms.brand_id) as ReferralProgramRow;
      const refusal = fillUp(posting, program, terms);
      if (refusal !== null) return refused(userError(refusal, ['reserve']));
      const { reserve: _filled, ...kept } = terms;
      if (!terms.open) giveBack(posting, program);
      Object.assign(program, kept);
      changed.add(program);
      const reserved = posting.balanceOf(accounts.reserve(program.brand_id, program.id));
      return { program: { ...program }, reserved, userErrors: [] };
    });
    if (changed.size > 0) await tx.query(storeSql, [JSON.stringify([...changed])]);
    await posting.flush();
    return answers;
  },
};

// One transaction at a time makes a brand's programme, and its attention asks for referrals from then on.
const lockSql = `
  WITH mine AS (
    SELECT b.id FROM brands b WHERE b.id = ANY ($1::uuid[]) ORDER BY b.id FOR NO KEY UPDATE)
  UPDATE brands b SET refers_friends = true FROM mine WHERE b.id = mine.id`;

const storeSql = `
  INSERT INTO referral_programs
  SELECT * FROM jsonb_populate_recordset(NULL::referral_programs, $1::jsonb)
  ON CONFLICT (brand_id) DO UPDATE SET referrer_mu = excluded.referrer_mu,
    friend_mu = excluded.friend_mu, share_percent = excluded.share_percent,
    share_days = excluded.share_days, share_cap_mu = excluded.share_cap_mu,
    link_base = excluded.link_base, open = excluded.open, updated_at = excluded.updated_at`;

function newProgram(brand: string, now: Date): ReferralProgramRow {
  const nothing = { referrer_mu: 0, friend_mu: 0, share_percent: 0, share_days: 0 };
  return {
    id: referralProgramId.create(),
    brand_id: brand,
    ...nothing,
    share_cap_mu: 0,
    link_base: null,
    open: false,
    created_at: now,
    updated_at: now,
  };
}

/** Moves what the reserve lacks of what it shall hold; more than that stays there. */
function fillUp(
  posting: Posting,
  program: ReferralProgramRow,
  { reserve, open }: Terms,
): UserErrorCode | null {
  const held = posting.balanceOf(accounts.reserve(program.brand_id, program.id));
  return !open || reserve <= held ? null : fund(posting, program, reserve - held);
}

function readTerms(
  tx: CommandTransaction,
  { input, tenant }: Command<UpsertReferralProgram>,
): Terms | UserErrorShape {
  const referrerMu = input.referrerMu ?? defaults.referrerMu;
  const sharePercent = input.sharePercent ?? defaults.sharePercent;
  const shareDays = input.shareDays ?? defaults.shareDays;
  const shareCapMu = input.shareCapMu ?? defaults.shareCapMu;
  const reserve = input.reserve ?? 0;
  const amounts = { reserve, referrerMu, friendMu: input.friendMu, shareCapMu };
  const wrong =
    checkAmounts(tx, amounts) ??
    checkRange('sharePercent', sharePercent, 100) ??
    checkRange('shareDays', shareDays, longestShareDays) ??
    checkLinkBase(input.linkBase ?? null);
  if (wrong !== null) return wrong;
  return {
    brand_id: tenant as string,
    referrer_mu: referrerMu,
    friend_mu: input.friendMu,
    share_percent: sharePercent,
    share_days: shareDays,
    share_cap_mu: shareCapMu,
    link_base: input.linkBase ?? null,
    open: input.open ?? true,
    updated_at: tx.now,
    reserve,
  };
}

/** Amounts of a programme may be nothing. */
function checkAmounts(
  tx: CommandTransaction,
  amounts: Record<string, number>,
): UserErrorShape | null {
  for (const [name, amount] of Object.entries(amounts)) {
    const wrong = amount === 0 ? null : checkAmount(amount, tx.limits, [name]);
    if (wrong !== null) return wrong;
  }
  return null;
}

function checkRange(field: string, value: number, most: number): UserErrorShape | null {
  if (value >= 0 && value <= most) return null;
  return userError('INVALID_VALUE', [field], `Must be from 0 to ${most}.`);
}

/** The code is appended as it is, so the address must be one that can go on. */
function checkLinkBase(text: string | null): UserErrorShape | null {
  if (text === null) return null;
  const ok =
    text.length <= longestLinkBase && URL.canParse(text) && /^https:\/\/[\x21-\x7e]+$/.test(text);
  if (ok) return null;
  return userError('INVALID_VALUE', ['linkBase'], 'Must be an https address of ASCII characters.');
}
