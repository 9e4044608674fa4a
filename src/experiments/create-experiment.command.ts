import { randomBytes } from 'node:crypto';
import { nameOf, takenNames } from '../brands';
import { experimentId } from '../holdouts';
import { accounts, Posting } from '../ledger';
import {
  refused,
  type Answer,
  type Command,
  type CommandHandler,
  type CommandTransaction,
} from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import { checkText } from '../platform/text';
import { savedSegments, segmentId } from '../segments';
import type { Audience } from './audience';
import type { OutcomeName } from './experiment-outcome';
import { snapshotOf, type ExperimentRow, type ExperimentSnapshot } from './experiment.entity';
import { checkPrice } from './price';

/** An experiment as a brand describes it. */
export interface CreateExperiment {
  externalId: string;
  outcome: OutcomeName;
  audience?: Audience | null;
  holdoutShare: number;
  reserveMu?: number | null;
  muPrice?: string | null;
  messageCost?: string | null;
  startsAt?: string | Date | null;
  endsAt: string | Date;
}

export interface ExperimentAnswer extends Answer {
  experiment?: ExperimentSnapshot;
}

const nameBytes = 200;
const longestDays = 366;
const day = 86_400_000;

/** Makes experiments, each with a key of its own, and sets their Mu aside out of the brands' budgets. */
export const createExperiment: CommandHandler<CreateExperiment, ExperimentAnswer> = {
  kind: 'createExperiment',
  async execute(tx, commands) {
    const brands = await currenciesOf(tx, commands);
    const segments = await savedSegments(
      tx,
      commands.map(({ input }) => segmentId.decode(input.audience?.segment ?? '')),
      commands.map(({ tenant }) => tenant as string),
    );
    const drafts = commands.map((command, at) =>
      readDraft(tx, command, brands, segments[at] ?? null),
    );
    const good = drafts.filter((draft): draft is ExperimentRow => 'id' in draft);
    const taken = await takenNames(tx, 'experiments', good);
    const posting = await Posting.open(tx, good.filter(reserves).flatMap(accountsOf), []);
    const kept: ExperimentRow[] = [];
    const answers = drafts.map((draft): ExperimentAnswer => {
      if (!('id' in draft)) return refused(draft);
      const name = nameOf(draft);
      if (taken.has(name)) return refused(userError('ALREADY_EXISTS', ['externalId']));
      if (reserves(draft) && !reserveFor(posting, draft)) {
        return refused(userError('BUDGET_EXHAUSTED', ['reserveMu']));
      }
      taken.add(name);
      kept.push(draft);
      return { experiment: snapshotOf(draft), userErrors: [] };
    });
    await store(tx, kept);
    await posting.flush();
    return answers;
  },
};

function reserves({ reserve_mu: mu }: ExperimentRow): boolean {
  return mu > 0;
}

function accountsOf({ brand_id: brand, id }: ExperimentRow) {
  return [accounts.budget(brand), accounts.reserve(brand, id)];
}

function reserveFor(posting: Posting, draft: ExperimentRow): boolean {
  const posted = posting.transfer({
    kind: 'RESERVE',
    debit: accounts.budget(draft.brand_id),
    credit: accounts.reserve(draft.brand_id, draft.id),
    amount: draft.reserve_mu,
    reason: `Reserve for experiment ${draft.external_id}`,
    brandId: draft.brand_id,
  });
  return typeof posted !== 'string';
}

function readDraft(
  tx: CommandTransaction,
  { input, tenant }: Command<CreateExperiment>,
  brands: ReadonlyMap<string, string>,
  segment: string | null,
): ExperimentRow | UserErrorShape {
  const externalId = checkText(input.externalId, { maxBytes: nameBytes, field: ['externalId'] });
  if (externalId.refusal) return externalId.refusal;
  const muPrice = checkPrice(input.muPrice, 'muPrice');
  if (muPrice.refusal) return muPrice.refusal;
  const messageCost = checkPrice(input.messageCost, 'messageCost');
  if (messageCost.refusal) return messageCost.refusal;
  const startsAt = input.startsAt == null ? tx.now : new Date(input.startsAt);
  const endsAt = new Date(input.endsAt);
  const wrong =
    checkTimes(tx.now, startsAt, endsAt) ?? checkNumbers(tx, input) ?? checkAudience(tx, input);
  if (wrong !== null) return wrong;
  const { trait, dormancy, band } = input.audience ?? {};
  if (input.audience?.segment != null && segment === null) {
    return userError('NOT_FOUND', ['audience', 'segment']);
  }
  return {
    id: experimentId.create(),
    brand_id: tenant as string,
    external_id: externalId.value,
    outcome: input.outcome,
    dormancies: dormancy == null ? null : [...new Set(dormancy)],
    segment_id: segment,
    band_model: band?.model ?? null,
    bands: band == null ? null : [...new Set(band.in)],
    trait: trait == null ? null : { name: trait.name, value: trait.value },
    holdout_bp: Math.round(input.holdoutShare * 10_000),
    key: randomBytes(32),
    reserve_mu: input.reserveMu ?? 0,
    released_mu: null,
    mu_price: muPrice.value,
    message_cost: messageCost.value,
    currency: brands.get(tenant as string) as string,
    starts_at: startsAt,
    ends_at: endsAt,
    created_at: tx.now,
    sweep_after: null,
    sweep_at: startsAt,
    assigned_at: null,
    ended_at: null,
  };
}

function checkTimes(now: Date, startsAt: Date, endsAt: Date): UserErrorShape | null {
  if (endsAt <= now) return userError('INVALID_VALUE', ['endsAt'], 'Must be in the future.');
  if (startsAt >= endsAt) {
    return userError('INVALID_VALUE', ['startsAt'], 'Must be before the end.');
  }
  if (startsAt.getTime() < now.getTime() - day) {
    return userError('INVALID_VALUE', ['startsAt'], 'Customers cannot be held out of the past.');
  }
  if (endsAt.getTime() - startsAt.getTime() <= longestDays * day) return null;
  return userError('INVALID_VALUE', ['endsAt'], `An experiment lasts ${longestDays} days at most.`);
}

function checkNumbers(tx: CommandTransaction, input: CreateExperiment): UserErrorShape | null {
  const inWhole = Math.round(input.holdoutShare * 10_000);
  if (!(inWhole >= 1 && inWhole <= 9999)) {
    return userError('INVALID_VALUE', ['holdoutShare'], 'Must be from 0.0001 to 0.9999.');
  }
  const mu = input.reserveMu ?? 0;
  if (mu < 0) return userError('AMOUNT_NOT_POSITIVE', ['reserveMu'], 'Must not be below 0.');
  return mu > tx.limits.amountMu ? userError('AMOUNT_TOO_LARGE', ['reserveMu']) : null;
}

/** Compared as they are, so they are judged and not trimmed. */
function checkAudience({ limits }: CommandTransaction, { audience }: CreateExperiment) {
  if (audience?.dormancy?.length === 0) {
    return userError('INVALID_VALUE', ['audience', 'dormancy'], 'Name at least one state.');
  }
  if (audience?.band?.in.length === 0) {
    return userError('INVALID_VALUE', ['audience', 'band'], 'Name at least one band.');
  }
  for (const name of ['name', 'value'] as const) {
    const text = audience?.trait?.[name];
    if (text == null) continue;
    const field = ['audience', 'trait', name];
    const { refusal } = checkText(text, { maxBytes: limits.textBytes, field });
    if (refusal) return refusal;
  }
  return null;
}

const brandsSql = 'SELECT b.id, b.currency FROM brands b WHERE b.id = ANY ($1::uuid[])';

async function currenciesOf(
  tx: CommandTransaction,
  commands: readonly Command[],
): Promise<Map<string, string>> {
  const ids = [...new Set(commands.map(({ tenant }) => tenant))];
  const rows = await tx.query<{ id: string; currency: string }>(brandsSql, [ids]);
  return new Map(rows.map((row) => [row.id, row.currency]));
}

const storeSql = `
  INSERT INTO experiments
  SELECT * FROM jsonb_populate_recordset(NULL::experiments, $1::jsonb)`;

async function store(tx: CommandTransaction, rows: readonly ExperimentRow[]): Promise<void> {
  if (rows.length === 0) return;
  const written = rows.map((row) => ({ ...row, key: `\\x${row.key.toString('hex')}` }));
  await tx.query(storeSql, [JSON.stringify(written)]);
}
