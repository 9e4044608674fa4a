import { randomBytes } from 'node:crypto';
import { nameOf, takenNames } from '../brands';
import { accounts, checkAmount, Posting } from '../ledger';
import {
  refused,
  type Answer,
  type Command,
  type CommandHandler,
  type CommandTransaction,
} from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import { checkText } from '../platform/text';
import {
  snapshotOf,
  type SurprisePoolRow,
  type SurprisePoolSnapshot,
} from './surprise-pool.entity';
import { commitmentOf } from './draw';
import { surprisePoolId } from './surprise.id';

/** A pool as a brand describes it. */
export interface CreateSurprisePool {
  externalId: string;
  prizeMu: number;
  oddsOneIn: number;
  poolMu: number;
  windowHours: number;
  startsAt?: string | Date | null;
  endsAt: string | Date;
}

export interface SurprisePoolAnswer extends Answer {
  pool?: SurprisePoolSnapshot;
}

const nameBytes = 200;
const mostHours = 8784;
const mostOdds = 1_000_000_000;

/** Makes pools, each with a seed of its own, and sets their Mu aside out of the brands' budgets. */
export const createSurprisePool: CommandHandler<CreateSurprisePool, SurprisePoolAnswer> = {
  kind: 'createSurprisePool',
  async execute(tx, commands) {
    const drafts = commands.map((command) => readDraft(tx, command));
    const good = drafts.filter((draft): draft is SurprisePoolRow => 'id' in draft);
    const taken = await takenNames(tx, 'surprise_pools', good);
    const refs = good.flatMap(({ brand_id: brand, id }) => [
      accounts.budget(brand),
      accounts.reserve(brand, id),
    ]);
    const posting = await Posting.open(tx, refs, []);
    const kept: SurprisePoolRow[] = [];
    const answers = drafts.map((draft): SurprisePoolAnswer => {
      if (!('id' in draft)) return refused(draft);
      const name = nameOf(draft);
      if (taken.has(name)) return refused(userError('ALREADY_EXISTS', ['externalId']));
      const posted = posting.transfer({
        kind: 'RESERVE',
        debit: accounts.budget(draft.brand_id),
        credit: accounts.reserve(draft.brand_id, draft.id),
        amount: draft.pool_mu,
        reason: `Reserve for surprises ${draft.external_id}`,
        brandId: draft.brand_id,
      });
      if (typeof posted === 'string') return refused(userError('BUDGET_EXHAUSTED', ['poolMu']));
      taken.add(name);
      kept.push(draft);
      return { pool: snapshotOf(draft), userErrors: [] };
    });
    await store(tx, kept);
    await posting.flush();
    return answers;
  },
};

function readDraft(
  tx: CommandTransaction,
  { input, tenant }: Command<CreateSurprisePool>,
): SurprisePoolRow | UserErrorShape {
  const externalId = checkText(input.externalId, { maxBytes: nameBytes, field: ['externalId'] });
  if (externalId.refusal) return externalId.refusal;
  const startsAt = input.startsAt == null ? tx.now : new Date(input.startsAt);
  const endsAt = new Date(input.endsAt);
  const wrong =
    checkAmount(input.prizeMu, tx.limits, ['prizeMu']) ??
    checkAmount(input.poolMu, tx.limits, ['poolMu']) ??
    checkRange('oddsOneIn', input.oddsOneIn, mostOdds) ??
    checkRange('windowHours', input.windowHours, mostHours) ??
    checkTimes(tx.now, startsAt, endsAt);
  if (wrong !== null) return wrong;
  if (input.poolMu < input.prizeMu) {
    return userError('INVALID_VALUE', ['poolMu'], 'Must pay at least one prize.');
  }
  const seed = randomBytes(32);
  return {
    id: surprisePoolId.create(),
    brand_id: tenant as string,
    external_id: externalId.value,
    prize_mu: input.prizeMu,
    odds_one_in: input.oddsOneIn,
    pool_mu: input.poolMu,
    window_hours: input.windowHours,
    starts_at: startsAt,
    ends_at: endsAt,
    seed,
    commitment: commitmentOf(seed),
    created_at: tx.now,
    closed_at: null,
  };
}

function checkRange(field: string, value: number, most: number): UserErrorShape | null {
  if (value >= 1 && value <= most) return null;
  return userError('INVALID_VALUE', [field], `Must be from 1 to ${most}.`);
}

function checkTimes(now: Date, startsAt: Date, endsAt: Date): UserErrorShape | null {
  if (endsAt <= now) return userError('INVALID_VALUE', ['endsAt'], 'Must be in the future.');
  if (startsAt < endsAt) return null;
  return userError('INVALID_VALUE', ['startsAt'], 'Must be before the end.');
}

const storeSql = `
  INSERT INTO surprise_pools
  SELECT * FROM jsonb_populate_recordset(NULL::surprise_pools, $1::jsonb)`;

async function store(tx: CommandTransaction, rows: readonly SurprisePoolRow[]): Promise<void> {
  if (rows.length === 0) return;
  const values = rows.map((row) => ({
    ...row,
    seed: `\\x${row.seed.toString('hex')}`,
    commitment: `\\x${row.commitment.toString('hex')}`,
  }));
  await tx.query(storeSql, [JSON.stringify(values)]);
}
