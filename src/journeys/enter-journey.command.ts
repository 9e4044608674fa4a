import { resolveCustomers, type CustomerBy } from '../customers';
import { refused, type Answer, type CommandHandler } from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import { letIn } from './let-in';
import { lockJourneys } from './locked-journeys';

/** Who shall go on a journey. */
export interface EnterJourney {
  id: string;
  customers: CustomerBy[];
}

/** How many came in: those who had not been on it, and whom its experiment treats. */
export interface EnterJourneyAnswer extends Answer {
  entered?: number;
}

/** Lets customers in by hand, whatever the trigger is. */
export const enterJourney: CommandHandler<EnterJourney, EnterJourneyAnswer> = {
  kind: 'enterJourney',
  async execute(tx, commands) {
    const journeys = await lockJourneys(tx, commands);
    const asked = commands.flatMap(({ input, tenant }, at) =>
      input.customers.map((by, place) => ({ at, place, brandId: tenant as string, by })),
    );
    const customers = await resolveCustomers(tx, asked);
    const answers = journeys.map((row): EnterJourneyAnswer => {
      if (row === null) return refused(userError('NOT_FOUND', ['id']));
      const open = row.version !== null && row.stopped_at === null;
      return open ? { entered: 0, userErrors: [] } : refused(userError('NOT_AVAILABLE', ['id']));
    });
    const entries = asked.flatMap(({ at, place, brandId }, i) => {
      const answer = answers[at] as EnterJourneyAnswer;
      if (answer.entered === undefined) return [];
      const customerId = customers[i] ?? null;
      if (customerId === null) answer.userErrors.push(unknown(place));
      const journeyId = journeys[at]?.id ?? '';
      return customerId === null ? [] : [{ answer, brandId, journeyId, customerId }];
    });
    const entered = await letIn(tx, entries, { byHand: true });
    for (const { answer, journeyId, customerId } of entries) {
      // Who is named twice came in once.
      if (entered.delete(`${journeyId} ${customerId}`)) answer.entered = (answer.entered ?? 0) + 1;
    }
    return answers;
  },
};

function unknown(place: number): UserErrorShape {
  return userError('NOT_FOUND', ['customers', String(place)]);
}
