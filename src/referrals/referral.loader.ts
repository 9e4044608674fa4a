import { brandOf, subjectOf, viewer } from '../platform/auth/caller';
import { toEntities } from '../platform/database/rows';
import {
  readPage,
  toConnection,
  type Connection,
  type PageArgs,
} from '../platform/graphql/connection';
import type { Context } from '../platform/graphql/context';
import { defineListLoader, defineLoader } from '../platform/graphql/loaders';
import { ReferralLinkEntity } from './referral-link.entity';
import { ReferralPaymentEntity } from './referral-payment.entity';
import { ReferralEntity } from './referral.entity';

const visible = `($1::uuid IS NULL OR r.brand_id = $1)
  AND ($2::uuid IS NULL OR $2 IN (r.referrer_id, r.friend_id))`;

const byIdSql = `SELECT r.* FROM referrals r WHERE r.id = ANY ($3::uuid[]) AND ${visible}`;

/** Referrals by UUID: a brand's own, and those a customer is part of. Null for all others. */
export const referralLoader = defineLoader<string, ReferralEntity | null>(async (context, ids) => {
  const rows = await context.reads.query(byIdSql, [...viewer(context.caller), ids]);
  const found = new Map(toEntities(ReferralEntity, rows).map((one) => [one.uuid, one]));
  return ids.map((id) => found.get(id) ?? null);
});

const linksSql = `
  SELECT l.* FROM referral_links l WHERE l.id = ANY ($3::uuid[])
    AND ($1::uuid IS NULL OR l.brand_id = $1) AND ($2::uuid IS NULL OR l.customer_id = $2)`;

/** Links by UUID: a brand's own, a customer's own. */
export const referralLinkLoader = defineLoader<string, ReferralLinkEntity | null>(
  async (context, ids) => {
    const rows = await context.reads.query(linksSql, [...viewer(context.caller), ids]);
    const found = new Map(toEntities(ReferralLinkEntity, rows).map((one) => [one.uuid, one]));
    return ids.map((id) => found.get(id) ?? null);
  },
);

interface ListArgs {
  first: number;
  after: string | null;
}

const ofReferrersSql = `
  SELECT x.* FROM unnest($3::uuid[]) AS c(id)
  CROSS JOIN LATERAL (
    SELECT r.* FROM referrals r
    WHERE r.referrer_id = c.id AND ${visible} AND ($4::uuid IS NULL OR r.id < $4)
    ORDER BY r.id DESC LIMIT $5
  ) x ORDER BY x.id DESC`;

const ofReferrersLoader = defineListLoader<ListArgs, ReferralEntity[]>(
  async (context, referrers, { first, after }) => {
    const values = [...viewer(context.caller), referrers, after, first + 1];
    const rows = toEntities(ReferralEntity, await context.reads.query(ofReferrersSql, values));
    return referrers.map((id) => rows.filter((row) => row.referrerUuid === id));
  },
);

/** A page of the friends a customer brought, newest first, as far as the caller may see them. */
export async function readReferralsOf(
  context: Context,
  referrer: string,
  args: PageArgs,
): Promise<Connection<ReferralEntity>> {
  const page = readPage(args, context.config.limits, ['uuid']);
  const after = page.after?.[0] ?? null;
  const rows = await ofReferrersLoader(context, { first: page.first, after }).load(referrer);
  return toConnection(rows, page, (one) => [one.uuid]);
}

const ofBrandSql = `
  SELECT r.* FROM referrals r
  WHERE r.brand_id = $1 AND ($2::uuid IS NULL OR r.id < $2)
  ORDER BY r.id DESC LIMIT $3`;

/** A page of the caller's referrals: all of a brand, those a customer brought. */
export async function readReferrals(
  context: Context,
  args: PageArgs,
): Promise<Connection<ReferralEntity>> {
  const subject = subjectOf(context.caller);
  if (subject !== null) return readReferralsOf(context, subject, args);
  const page = readPage(args, context.config.limits, ['uuid']);
  const values = [brandOf(context.caller), page.after?.[0] ?? null, page.first + 1];
  const rows = await context.reads.query(ofBrandSql, values);
  return toConnection(toEntities(ReferralEntity, rows), page, (one) => [one.uuid]);
}

const paymentsSql = `
  SELECT x.* FROM unnest($3::uuid[]) AS c(id)
  CROSS JOIN LATERAL (
    SELECT p.* FROM referral_payments p
    WHERE p.referral_id = c.id AND ($1::uuid IS NULL OR p.brand_id = $1)
      AND ($2::uuid IS NULL OR p.customer_id = $2) AND ($4::uuid IS NULL OR p.transfer_id < $4)
    ORDER BY p.transfer_id DESC LIMIT $5
  ) x ORDER BY x.transfer_id DESC`;

const paymentsLoader = defineListLoader<ListArgs, ReferralPaymentEntity[]>(
  async (context, referrals, { first, after }) => {
    const values = [...viewer(context.caller), referrals, after, first + 1];
    const rows = toEntities(ReferralPaymentEntity, await context.reads.query(paymentsSql, values));
    return referrals.map((id) => rows.filter((row) => row.referralUuid === id));
  },
);

/** A page of what a referral paid, newest first; a customer sees what was paid to them. */
export async function readPayments(
  context: Context,
  referral: string,
  args: PageArgs,
): Promise<Connection<ReferralPaymentEntity>> {
  const page = readPage(args, context.config.limits, ['uuid']);
  const after = page.after?.[0] ?? null;
  const rows = await paymentsLoader(context, { first: page.first, after }).load(referral);
  return toConnection(rows, page, (one) => [one.transferUuid]);
}
