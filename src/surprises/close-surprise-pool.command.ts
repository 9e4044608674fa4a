import { accounts, Posting } from '../ledger';
import { refused, type CommandHandler } from '../platform/database/command';
import { userError } from '../platform/errors';
import type { SurprisePoolAnswer } from './create-surprise-pool.command';
import { poolsByIds } from './pool.service';
import { snapshotOf } from './surprise-pool.entity';
import { surprisePoolId } from './surprise.id';

/** The pool that draws no more. */
export interface CloseSurprisePool {
  id: string;
}

export interface CloseSurprisePoolAnswer extends SurprisePoolAnswer {
  released?: number;
}

const closeSql = `
  UPDATE surprise_pools p SET closed_at = $2 WHERE p.id = ANY ($1::uuid[]) AND p.closed_at IS NULL`;

/** Ends pools: the exact rest goes back to the budget, and the seed is published. */
export const closeSurprisePool: CommandHandler<CloseSurprisePool, CloseSurprisePoolAnswer> = {
  kind: 'closeSurprisePool',
  async execute(tx, commands) {
    const ids = commands.map(({ input }) => surprisePoolId.decode(input.id));
    const pools = await poolsByIds(tx, commands, ids);
    const refs = pools.flatMap((pool) =>
      pool === null
        ? []
        : [accounts.reserve(pool.brand_id, pool.id), accounts.budget(pool.brand_id)],
    );
    const posting = await Posting.open(tx, refs, []);
    const closed: string[] = [];
    const answers = pools.map((pool): CloseSurprisePoolAnswer => {
      if (pool === null) return refused(userError('NOT_FOUND', ['id']));
      const reserve = accounts.reserve(pool.brand_id, pool.id);
      if (posting.isClosed(reserve)) return refused(userError('ALREADY_RESOLVED', ['id']));
      const released = posting.balanceOf(reserve);
      if (released > 0) {
        const posted = posting.transfer({
          kind: 'RESERVE_RELEASE',
          debit: reserve,
          credit: accounts.budget(pool.brand_id),
          amount: released,
          reason: `Unused rest of surprises ${pool.external_id}`,
          brandId: pool.brand_id,
        });
        if (typeof posted === 'string') throw new Error('a reserve could not be released');
      }
      posting.close(reserve);
      closed.push(pool.id);
      return { pool: snapshotOf({ ...pool, closed_at: tx.now }), released, userErrors: [] };
    });
    await posting.flush();
    if (closed.length > 0) await tx.query(closeSql, [closed, tx.now]);
    return answers;
  },
};
