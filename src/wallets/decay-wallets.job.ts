import { inTurn } from '../platform/database/turn';
import type { Job } from '../platform/feature';
import { announceDecay } from './announce-decay';
import { takeDecay } from './take-decay';

const turnLock = 7_219_340_557;

/**
 * Announces and takes the decay of wallets whose owners are long silent; asks the database nothing
 * where decay is off. Who was told and which month was taken is stored with it, so a crash repeats nothing.
 */
export const decayWallets: Job = {
  name: 'decay-wallets',
  leisurely: true,
  async run(context) {
    const { decay } = context.config;
    if (decay.silentDays === 0) return 0;
    const taken = await inTurn(context, turnLock, takeDecay);
    return taken + (await inTurn(context, turnLock, (tx) => announceDecay(tx, decay)));
  },
};
