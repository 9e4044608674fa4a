import { refused, type CommandHandler } from '../platform/database/command';
import { userError } from '../platform/errors';
import type { JourneyAnswer } from './create-journey.command';
import { lockJourneys } from './locked-journeys';

/** The journey that shall end. */
export interface StopJourney {
  id: string;
}

const stopSql = `
  UPDATE journeys j SET stopped_at = $2, updated_at = $2, sweep_at = NULL WHERE j.id = ANY ($1::uuid[])`;

/** Everybody under way is looked at soon, and their run ends then. */
const wakeSql = `
  UPDATE journey_runs r SET check_at = $2
  WHERE r.journey_id = ANY ($1::uuid[]) AND r.state = 'ACTIVE' AND r.check_at > $2`;

/** Stops journeys for good: nobody comes in, and no further step is taken. */
export const stopJourney: CommandHandler<StopJourney, JourneyAnswer> = {
  kind: 'stopJourney',
  async execute(tx, commands) {
    const journeys = await lockJourneys(tx, commands);
    const stopped: string[] = [];
    const answers = journeys.map((row): JourneyAnswer => {
      if (row === null) return refused(userError('NOT_FOUND', ['id']));
      if (row.stopped_at !== null) return refused(userError('ALREADY_RESOLVED', ['id']));
      row.stopped_at = tx.now;
      stopped.push(row.id);
      return { journey: { ...row, updated_at: tx.now }, userErrors: [] };
    });
    if (stopped.length === 0) return answers;
    await tx.query(stopSql, [stopped, tx.now]);
    await tx.query(wakeSql, [stopped, tx.now]);
    return answers;
  },
};
