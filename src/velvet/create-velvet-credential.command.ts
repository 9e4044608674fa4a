import { randomUUID } from 'node:crypto';
import { namedCustomers, type CustomerBy } from '../customers';
import { refused, type Answer, type CommandHandler } from '../platform/database/command';
import { userError } from '../platform/errors';
import type { Credential } from './credential';
import { lockMembers, nameOf } from './member.service';

/** Who wants to be recognised, and for how many seconds. */
export interface CreateVelvetCredential {
  customer?: CustomerBy | null;
  ttlSeconds: number;
}

/** What the credential is signed from; the signed text is stored nowhere. */
export interface CredentialAnswer extends Answer {
  credential?: Credential;
}

/** Gives active members something to show at a door. */
export const createVelvetCredential: CommandHandler<CreateVelvetCredential, CredentialAnswer> = {
  kind: 'createVelvetCredential',
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
    const most = tx.limits.velvetTtlSeconds;
    return commands.map(({ input, tenant }, at): CredentialAnswer => {
      if (input.ttlSeconds < 1 || input.ttlSeconds > most) {
        return refused(userError('INVALID_VALUE', ['ttlSeconds'], `Must be from 1 to ${most}.`));
      }
      const customerId = customers[at] ?? null;
      if (customerId === null) return refused(userError('NOT_FOUND', ['customer']));
      const brandId = tenant as string;
      if (members.get(nameOf(brandId, customerId))?.status !== 'ACTIVE') {
        return refused(userError('NOT_A_MEMBER', ['customer']));
      }
      const issuedAt = Math.floor(tx.now.getTime() / 1000);
      const expiresAt = issuedAt + input.ttlSeconds;
      const id = randomUUID();
      return { credential: { id, customerId, brandId, issuedAt, expiresAt }, userErrors: [] };
    });
  },
};
