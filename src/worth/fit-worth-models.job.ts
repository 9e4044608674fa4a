import type { Job } from '../platform/feature';
import { fitInThread } from './fit-thread';
import { claimTurn, readCells, storeFit } from './fit-turn';

/**
 * Fits the models of the brand whose turn it is on its own orders, one brand a run. The fit has a thread of
 * its own and no transaction open; a brand whose fit is lost has its turn again.
 */
export const fitWorthModels: Job = {
  name: 'fit-worth-models',
  async run({ database, clock, limits }) {
    const task = await database.transact(clock, async (tx) => {
      const brandId = await claimTurn(tx);
      return brandId === null ? null : { brandId, cells: await readCells(tx, brandId) };
    });
    if (task === null) return 0;
    const { brandId, cells } = task;
    const least = {
      customers: limits.worthModelLeastCustomers,
      repeating: limits.worthModelLeastRepeating,
    };
    const answer = await fitInThread({ cells, least });
    await database.transact(clock, (tx) => storeFit(tx, brandId, answer));
    return 1;
  },
};
