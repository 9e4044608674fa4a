import { resolveCustomers, type CustomerBy } from '../customers';
import { refused, type Answer, type CommandHandler } from '../platform/database/command';
import { userError } from '../platform/errors';
import { checkText } from '../platform/text';
import { lockMembers, nameOf } from './member.service';
import type { PerkRow } from './velvet.entity';
import { velvetPerkId } from './velvet.id';
import type { PerkKind } from './velvet.type';

/** A perk for a member. */
export interface GrantPerk {
  customer: CustomerBy;
  kind: PerkKind;
  name: string;
}

export interface RedeemPerk {
  id: string;
}

export interface PerkAnswer extends Answer {
  perk?: PerkRow;
}

const nameBytes = 200;

const insertSql = `
  INSERT INTO velvet_perks SELECT * FROM jsonb_populate_recordset(NULL::velvet_perks, $1::jsonb)`;

/** Grants perks to active members. */
export const grantPerk: CommandHandler<GrantPerk, PerkAnswer> = {
  kind: 'grantPerk',
  async execute(tx, commands) {
    const customers = await resolveCustomers(
      tx,
      commands.map(({ input, tenant }) => ({ brandId: tenant as string, by: input.customer })),
    );
    const pairs = commands.flatMap(({ tenant }, at) => {
      const customerId = customers[at] ?? null;
      return customerId === null ? [] : [{ brandId: tenant as string, customerId }];
    });
    const members = await lockMembers(tx, pairs);
    const rows: PerkRow[] = [];
    const answers = commands.map(({ input, tenant }, at): PerkAnswer => {
      const name = checkText(input.name, { maxBytes: nameBytes, field: ['name'] });
      if (name.refusal) return refused(name.refusal);
      const customerId = customers[at] ?? null;
      if (customerId === null) return refused(userError('NOT_FOUND', ['customer']));
      if (members.get(nameOf(tenant as string, customerId))?.status !== 'ACTIVE') {
        return refused(userError('NOT_A_MEMBER', ['customer']));
      }
      const row: PerkRow = {
        id: velvetPerkId.create(),
        brand_id: tenant as string,
        customer_id: customerId,
        kind: input.kind,
        name: name.value,
        granted_at: tx.now,
        redeemed_at: null,
      };
      rows.push(row);
      return { perk: row, userErrors: [] };
    });
    if (rows.length > 0) await tx.query(insertSql, [JSON.stringify(rows)]);
    return answers;
  },
};

const ownersSql = `
  SELECT p.* FROM velvet_perks p WHERE (p.brand_id, p.id) IN
    (SELECT t.brand_id, t.id FROM unnest($1::uuid[], $2::uuid[]) AS t(brand_id, id))`;

const lockSql = `${ownersSql} ORDER BY p.id FOR NO KEY UPDATE OF p`;

const redeemSql = `UPDATE velvet_perks p SET redeemed_at = $2 WHERE p.id = ANY ($1::uuid[])`;

/** Uses perks up, each once, while their owner is a member. */
export const redeemPerk: CommandHandler<RedeemPerk, PerkAnswer> = {
  kind: 'redeemPerk',
  async execute(tx, commands) {
    const ids = commands.map(({ input }) => velvetPerkId.decode(input.id));
    const values = [commands.map(({ tenant }) => tenant), ids];
    const owned = await tx.query<PerkRow>(ownersSql, values);
    const members = await lockMembers(
      tx,
      owned.map(({ brand_id: brandId, customer_id: customerId }) => ({ brandId, customerId })),
    );
    const perks = new Map((await tx.query<PerkRow>(lockSql, values)).map((row) => [row.id, row]));
    const used: string[] = [];
    const answers = commands.map(({ tenant }, at): PerkAnswer => {
      const perk = perks.get(ids[at] ?? '');
      if (perk?.brand_id !== tenant) return refused(userError('NOT_FOUND', ['id']));
      if (perk.redeemed_at !== null) return refused(userError('ALREADY_RESOLVED', ['id']));
      if (members.get(nameOf(perk.brand_id, perk.customer_id))?.status !== 'ACTIVE') {
        return refused(userError('NOT_A_MEMBER', ['id']));
      }
      perk.redeemed_at = tx.now;
      used.push(perk.id);
      return { perk: { ...perk }, userErrors: [] };
    });
    if (used.length > 0) await tx.query(redeemSql, [used, tx.now]);
    return answers;
  },
};
