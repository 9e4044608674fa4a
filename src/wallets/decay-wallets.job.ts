import type { CommandTransaction } from '../platform/database/command';
import type { Job } from '../platform/feature';
import { announceDecay } from './announce-decay';
import { takeDecay } from './take-decay';

const turnLock = 7_219_340_557;

// One process at a time; the lock ends with the transaction, also when its process dies.
const turnSql = `SELECT pg_try_advisory_xact_lock($1) AS mine`;

/**
 * Announces and takes the decay of wallets whose owners are long silent; asks the database nothing
 * where decay is off. Who was told and which month was taken is stored with it, so a crash repeats nothing.
 */
export const decayWallets: Job = {
  name: 'decay-wallets',
  async run({ config, database, clock }) {
    const { decay } = config;
    if (decay.silentDays === 0) return 0;
    const inTurn = (work: (tx: CommandTransaction) => Promise<number>) =>
      database.transact(clock, async (tx) => {
        const [turn] = await tx.query<{ mine: boolean }>(turnSql, [turnLock]);
        return turn?.mine === true ? work(tx) : 0;
      });
    const taken = await inTurn(takeDecay);
    return taken + (await inTurn((tx) => announceDecay(tx, decay)));
  },
};
