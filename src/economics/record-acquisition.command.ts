import { customerId, type CustomerBy } from '../customers';
import {
  refused,
  type Answer,
  type Command,
  type CommandHandler,
  type CommandTransaction,
} from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import { localDay } from '../platform/local-day';
import { toDecimal } from '../platform/money';
import type { AcquisitionRow } from './acquisition.entity';
import { arrivedCustomers, type Arrived } from './acquired-customers';
import { countInCampaigns, countOnDays } from './acquisition-days';
import { brandBooks, checkMoney, type BrandBooks, type StoredMoney } from './brand-books';
import { acquisitionId } from './economics.id';
import { isPaid, type MarketingRouteName, type VerdictName } from './marketing';
import { insertNew, optionalText } from './record-spend.command';

const dayMs = 86_400_000;

/** An acquisition as a client tells it. */
export interface RecordAcquisition {
  identities: readonly CustomerBy[];
  route: MarketingRouteName;
  campaign?: string | null;
  cost?: string | null;
  currency?: string | null;
  acquiredAt?: string | Date | null;
  externalId?: string | null;
}

/** Without what the brand calls it, which may name a person; whoever replays it says it again. */
export interface AcquisitionAnswer extends Answer {
  acquisition?: AcquisitionRow;
}

/** Records who came and judges it: a paid one who was a customer before is a reacquisition, and told. */
export const recordAcquisition: CommandHandler<RecordAcquisition, AcquisitionAnswer> = {
  kind: 'recordAcquisition',
  async execute(tx, commands) {
    const books = await brandBooks(
      tx,
      commands.map(({ tenant }) => tenant),
    );
    const arrivals = commands.map(({ input, tenant }) => ({
      brandId: tenant as string,
      identities: input.identities.slice(0, tx.limits.acquisitionIdentities),
      at: timeOf(tx, input),
    }));
    const arrived = await arrivedCustomers(tx, arrivals);
    const judged = commands.map((command, at) =>
      judge(tx, command, books.get(command.tenant as string) as BrandBooks, arrived[at] ?? null),
    );
    const rows = judged.filter((one): one is AcquisitionRow => 'id' in one);
    const stored = await insertNew(tx, 'acquisitions', rows);
    const fresh = rows.filter(({ id }) => stored.has(id));
    const changes = fresh.map((row) => ({ row, verdict: row.verdict, times: 1 as const }));
    await countOnDays(tx, changes, books);
    await countInCampaigns(tx, fresh, books);
    for (const row of fresh) if (row.verdict === 'REACQUISITION') announce(tx, row);
    return judged.map((one): AcquisitionAnswer => {
      if (!('id' in one)) return refused(one);
      if (stored.has(one.id)) return { acquisition: { ...one, external_id: null }, userErrors: [] };
      return refused(userError('ALREADY_EXISTS', ['externalId']));
    });
  },
};

function timeOf(tx: CommandTransaction, { acquiredAt }: RecordAcquisition): Date {
  return acquiredAt == null ? tx.now : new Date(acquiredAt);
}

function judge(
  tx: CommandTransaction,
  { input }: Command<RecordAcquisition>,
  books: BrandBooks,
  arrived: Arrived | null,
): AcquisitionRow | UserErrorShape {
  if (input.identities.length > tx.limits.acquisitionIdentities) {
    return userError('LIMIT_EXCEEDED', ['identities']);
  }
  const at = timeOf(tx, input);
  if (at.getTime() > tx.now.getTime() + tx.limits.futureSeconds * 1000) {
    return userError('OCCURRED_AT_IN_FUTURE', ['acquiredAt']);
  }
  if (at.getTime() < 0) return userError('INVALID_VALUE', ['acquiredAt'], 'Not before 1970.');
  const campaign = optionalText(tx, input.campaign, 'campaign');
  if (campaign.refusal) return campaign.refusal;
  const externalId = optionalText(tx, input.externalId, 'externalId');
  if (externalId.refusal) return externalId.refusal;
  const cost = costOf(tx, input, books);
  if (cost !== null && 'code' in cost) return cost;
  if (arrived === null) return userError('NOT_FOUND', ['identities']);
  const verdict = verdictOf(input.route, arrived);
  const judgeAt = new Date(at.getTime() + books.survivalDays * dayMs);
  return {
    id: acquisitionId.create(),
    brand_id: books.id,
    customer_id: arrived.customerId,
    external_id: externalId.value,
    route: input.route,
    campaign: campaign.value,
    cost_minor: cost?.minor ?? null,
    currency: cost?.currency ?? null,
    acquired_at: at,
    local_day: localDay(at, books.timezone),
    verdict,
    prior: arrived.prior,
    judge_at: verdict === 'WATCHED' ? judgeAt : null,
    judged_at: null,
    ordered: null,
    recorded_at: tx.now,
  };
}

function costOf(
  tx: CommandTransaction,
  { cost, currency, route }: RecordAcquisition,
  books: BrandBooks,
): StoredMoney | UserErrorShape | null {
  if (cost == null) {
    if (currency == null) return null;
    return userError(
      'INVALID_VALUE',
      ['currency'],
      'A currency is that of a cost, and none is given.',
    );
  }
  if (!isPaid(route)) {
    const message = 'Nobody is paid for whoever comes this way; record what it cost as spend.';
    return userError('INVALID_VALUE', ['cost'], message);
  }
  const money = checkMoney({ amount: cost, currency: currency ?? null }, books, tx.limits);
  if (!money.refusal) return money.value;
  const field = money.refusal.field?.[0] === 'amount' ? ['cost'] : money.refusal.field;
  return { ...money.refusal, field };
}

function verdictOf(route: MarketingRouteName, { boughtBack }: Arrived): VerdictName {
  if (!isPaid(route)) return 'UNPAID';
  return boughtBack ? 'REACQUISITION' : 'WATCHED';
}

function announce(tx: CommandTransaction, row: AcquisitionRow): void {
  const { cost_minor: minor, currency } = row;
  const priced = minor !== null && currency !== null;
  tx.announce({
    topic: 'reacquisition.detected',
    brandId: row.brand_id,
    customerId: row.customer_id,
    payload: {
      acquisitionId: acquisitionId.encode(row.id),
      customerId: customerId.encode(row.customer_id),
      prior: row.prior,
      route: row.route,
      cost: priced ? toDecimal({ minor, currency }) : null,
      currency,
    },
  });
}
