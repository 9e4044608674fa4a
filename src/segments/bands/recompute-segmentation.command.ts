import { refused, type Answer, type CommandHandler } from '../../platform/database/command';
import { userError } from '../../platform/errors';
import { askForSegmentations, usualTrailingDays } from './segmentation.store';

/** A division into bands that a brand wants now. */
export interface RecomputeSegmentation {
  trailingDays?: number | null;
}

export interface RecomputeSegmentationAnswer extends Answer {
  /** As of when it divides, as an ISO instant once it has been stored. */
  asOf?: Date | string;
}

const mostDays = 3650;

/** Has brands' customers divided into bands anew. */
export const recomputeSegmentation: CommandHandler<
  RecomputeSegmentation,
  RecomputeSegmentationAnswer
> = {
  kind: 'recomputeSegmentation',
  async execute(tx, commands) {
    const asked = commands.map(({ input, tenant }) => ({
      brandId: tenant as string,
      trailingDays: input.trailingDays ?? usualTrailingDays,
    }));
    const good = asked.filter(({ trailingDays }) => isGood(trailingDays));
    const running = await askForSegmentations(tx, good);
    return asked.map(({ brandId, trailingDays }): RecomputeSegmentationAnswer => {
      if (isGood(trailingDays)) return { asOf: running.get(brandId) ?? tx.now, userErrors: [] };
      const message = `Must be from 1 to ${mostDays}.`;
      return refused(userError('INVALID_VALUE', ['trailingDays'], message));
    });
  },
};

function isGood(days: number): boolean {
  return days >= 1 && days <= mostDays;
}
