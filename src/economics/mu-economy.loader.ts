import type { Context } from '../platform/graphql/context';
import { defineLoader } from '../platform/graphql/loaders';
import { byDays } from './by-days';
import { moneyOf, shareOf, whole } from './figures';
import type { MuEconomy } from './mu-economy.type';
import { booksSeen } from './own-books';
import { measured, type Asked } from './period';
import { costOfMessages, costOfMu, readUnitCosts, type UnitCosts } from './unit-costs';

const model = 'mu-economy-1';

interface MuSums {
  purchased: number;
  issued: number;
  burned: number;
  extinguished: number;
  decayed: number;
  outstanding: number;
  issued90: number;
  burned90: number;
}

const noMu: MuSums = {
  purchased: 0,
  issued: 0,
  burned: 0,
  extinguished: 0,
  decayed: 0,
  outstanding: 0,
  issued90: 0,
  burned90: 0,
};

const readMu = byDays<MuSums>(`
  SELECT d.brand_id,
    coalesce(sum(d.purchased) FILTER (WHERE d.local_day >= $3), 0)::bigint AS purchased,
    coalesce(sum(d.issued) FILTER (WHERE d.local_day >= $3), 0)::bigint AS issued,
    coalesce(sum(d.burned) FILTER (WHERE d.local_day >= $3), 0)::bigint AS burned,
    coalesce(sum(d.extinguished) FILTER (WHERE d.local_day >= $3), 0)::bigint AS extinguished,
    coalesce(sum(d.decayed) FILTER (WHERE d.local_day >= $3), 0)::bigint AS decayed,
    sum(d.issued - d.burned - d.extinguished - d.decayed)::bigint AS outstanding,
    coalesce(sum(d.issued) FILTER (WHERE d.local_day > $4::date - 90), 0)::bigint AS "issued90",
    coalesce(sum(d.burned) FILTER (WHERE d.local_day > $4::date - 90), 0)::bigint AS "burned90"
  FROM mu_days d
  WHERE d.brand_id = ANY ($2::uuid[]) AND ($1::uuid IS NULL OR d.brand_id = $1)
    AND d.local_day <= $4
  GROUP BY d.brand_id`);

const readMessages = byDays<{ channel: string; messages: number }>(`
  SELECT d.brand_id, d.channel, sum(d.messages)::bigint AS messages FROM delivery_days d
  WHERE d.brand_id = ANY ($2::uuid[]) AND ($1::uuid IS NULL OR d.brand_id = $1)
    AND d.local_day BETWEEN $3 AND $4
  GROUP BY d.brand_id, d.channel`);

const readVerified = byDays<{ verified: number }>(`
  SELECT d.brand_id, sum(d.verified)::bigint AS verified FROM brand_attention_days d
  WHERE d.brand_id = ANY ($2::uuid[]) AND ($1::uuid IS NULL OR d.brand_id = $1)
    AND d.local_day BETWEEN $3 AND $4
  GROUP BY d.brand_id`);

/** What attention cost in some days, in coins and parts of coins. */
export interface AttentionCost {
  verified: number;
  /** Null while the brand has no price of a Mu. */
  mu: number | null;
  messages: number;
  /** Of one thing a person did; null without any, or without a price. */
  each: number | null;
}

/** What the attention of some days cost: the Mu that were paid for it and the messages that asked for it. */
export async function readAttentionCost(
  context: Context,
  { brand, days }: Asked,
): Promise<AttentionCost> {
  const [[mu = noMu], messages, [attention], costs] = await Promise.all([
    readMu(context, brand.uuid, days),
    readMessages(context, brand.uuid, days),
    readVerified(context, brand.uuid, days),
    unitCostsOf(context, brand),
  ]);
  const verified = attention?.verified ?? 0;
  const muCost = costOfMu(mu.issued, costs);
  const messageCost = costOfMessages(messages, costs);
  const each = muCost === null || verified === 0 ? null : (muCost + messageCost) / verified;
  return { verified, mu: muCost, messages: messageCost, each };
}

type CostlyBrand = Parameters<typeof readUnitCosts>[1][number];

const unitCostsLoader = defineLoader<CostlyBrand, UnitCosts>(
  async (context, brands) => {
    const costs = await readUnitCosts(context.reads, brands);
    return brands.map(({ id }) => costs.get(id) as UnitCosts);
  },
  ({ id }) => id,
);

/** What single things cost the brand. */
export function unitCostsOf(
  context: Context,
  { uuid, currency }: Asked['brand'],
): Promise<UnitCosts> {
  return unitCostsLoader(context).load({ id: uuid, currency });
}

interface Counted {
  wallets: number | null;
  activated: number | null;
  sink: number | null;
  endless: boolean;
  ledgerSum: number | null;
  provenAt: Date | null;
}

const countedSql = `
  SELECT b.id AS brand_id, s.wallets, s.activated, i.sink, coalesce(i.endless, false) AS endless,
    p.balance_sum AS "ledgerSum", p.checked_at AS "provenAt"
  FROM unnest($2::uuid[]) AS b(id)
  LEFT JOIN economy_snapshots s ON s.brand_id = b.id AND ($1::uuid IS NULL OR s.brand_id = $1)
  LEFT JOIN ledger_proofs p ON true
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(x.price * x.stock), 0)::bigint AS sink, bool_or(x.stock IS NULL) AS endless
    FROM shop_items x
    WHERE (x.brand_id = b.id OR x.everywhere) AND x.available
      AND (x.starts_at IS NULL OR x.starts_at <= $3) AND (x.ends_at IS NULL OR x.ends_at > $3)) i`;

const countedLoader = defineLoader<{ brand: string; now: Date }, Counted>(
  async (context, asked) => {
    const values = [booksSeen(context.caller), asked.map(({ brand }) => brand), asked[0]?.now];
    const rows = await context.reads.query<Counted & { brand_id: string }>(countedSql, values);
    return asked.map(({ brand }) => rows.find((row) => row.brand_id === brand) as Counted);
  },
  ({ brand }) => brand,
);

/** The economy of some days as the graph shows it. */
export async function readMuEconomy(context: Context, asked: Asked): Promise<MuEconomy> {
  const { brand, days, now } = asked;
  const [[mu = noMu], cost, counted] = await Promise.all([
    readMu(context, brand.uuid, days),
    readAttentionCost(context, asked),
    countedLoader(context).load({ brand: brand.uuid, now }),
  ]);
  const money = moneyOf(brand.currency);
  const orNull = (minor: number | null) => (minor === null ? null : money(minor));
  const { purchased, issued, burned, extinguished, decayed, outstanding } = mu;
  const sink = counted.endless ? null : counted.sink;
  return {
    ...measured(asked, model),
    purchased,
    issued,
    burned,
    extinguished,
    decayed,
    outstanding,
    burnRate: shareOf(mu.burned90, mu.issued90),
    wallets: counted.wallets,
    activated: counted.activated,
    activationRate: shareOf(counted.activated ?? 0, counted.wallets ?? 0),
    verified: cost.verified,
    muCost: orNull(cost.mu),
    messageCost: money(whole(cost.messages)),
    costPerVerifiedAttention: orNull(cost.each),
    sink,
    sinkCoverage: sink === null ? null : shareOf(sink, outstanding),
    ledgerSum: counted.ledgerSum,
    ledgerProvenAt: counted.provenAt,
  };
}
