import { namedCustomers, type CustomerBy } from '../customers';
import {
  refused,
  type Answer,
  type CommandHandler,
  type CommandTransaction,
} from '../platform/database/command';
import { userError, type UserErrorCode } from '../platform/errors';
import { lockMembers, nameOf } from './member.service';
import type { MemberRow } from './velvet.entity';
import { velvetMemberId } from './velvet.id';

/** Whose membership it is. */
export interface MembershipInput {
  customer?: CustomerBy | null;
}

export interface MembershipAnswer extends Answer {
  member?: MemberRow;
}

/** What a step makes of a member, who may not be one yet, or why not. */
type Step = (member: MemberRow, known: boolean, now: Date) => UserErrorCode | null;

/** Invites customers; one who was turned away may be invited again. */
export const inviteToVelvet = stepOf('inviteToVelvet', (member, known, now) => {
  if (known && member.status !== 'REVOKED') return 'ALREADY_EXISTS';
  Object.assign(member, {
    status: 'INVITED',
    invited_at: now,
    accepted_at: null,
    revoked_at: null,
  });
  return null;
});

/** Lets invited customers in. */
export const acceptVelvetInvitation = stepOf('acceptVelvetInvitation', (member, known, now) => {
  if (!known) return 'NOT_FOUND';
  if (member.status !== 'INVITED') return 'ALREADY_RESOLVED';
  Object.assign(member, { status: 'ACTIVE', accepted_at: now });
  return null;
});

/** Takes invitations and memberships back. */
export const revokeVelvet = stepOf('revokeVelvet', (member, known, now) => {
  if (!known) return 'NOT_FOUND';
  if (member.status === 'REVOKED') return 'ALREADY_RESOLVED';
  Object.assign(member, { status: 'REVOKED', revoked_at: now });
  return null;
});

function stepOf(kind: string, step: Step): CommandHandler<MembershipInput, MembershipAnswer> {
  return {
    kind,
    async execute(tx, commands) {
      const customers = await namedCustomers(
        tx,
        commands.map((command) => ({ command, by: command.input.customer ?? null })),
      );
      const pairs = commands.flatMap(({ tenant }, at) => {
        const customerId = customers[at] ?? null;
        return customerId === null ? [] : [{ brandId: tenant as string, customerId }];
      });
      const members = await lockMembers(tx, pairs);
      const changed = new Set<MemberRow>();
      const answers = commands.map(({ tenant }, at): MembershipAnswer => {
        const customerId = customers[at] ?? null;
        if (customerId === null) return refused(userError('NOT_FOUND', ['customer']));
        const name = nameOf(tenant as string, customerId);
        const known = members.get(name);
        const member = known ?? newMember(tenant as string, customerId, tx.now);
        const refusal = step(member, known !== undefined, tx.now);
        if (refusal !== null) return refused(userError(refusal, ['customer']));
        members.set(name, member);
        changed.add(member);
        return { member: { ...member }, userErrors: [] };
      });
      await store(tx, [...changed]);
      return answers;
    },
  };
}

function newMember(brandId: string, customerId: string, now: Date): MemberRow {
  return {
    id: velvetMemberId.create(),
    brand_id: brandId,
    customer_id: customerId,
    status: 'INVITED',
    invited_at: now,
    accepted_at: null,
    revoked_at: null,
  };
}

const storeSql = `
  INSERT INTO velvet_members
  SELECT * FROM jsonb_populate_recordset(NULL::velvet_members, $1::jsonb) t
  ORDER BY t.brand_id, t.customer_id
  ON CONFLICT (brand_id, customer_id) DO UPDATE SET status = excluded.status,
    invited_at = excluded.invited_at, accepted_at = excluded.accepted_at,
    revoked_at = excluded.revoked_at`;

async function store(tx: CommandTransaction, members: readonly MemberRow[]): Promise<void> {
  if (members.length > 0) await tx.query(storeSql, [JSON.stringify(members)]);
}
