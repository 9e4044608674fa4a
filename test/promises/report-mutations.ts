import type { MutationCase } from './mutations';
import { missing, notFound } from './refusals';

const summary = { kind: 'EXECUTIVE_SUMMARY', every: 'MONTH' };

/** Reports that come by themselves. */
export const reportCases: MutationCase[] = [
  {
    mutation: 'scheduleReport',
    by: 'brand',
    done: () => summary,
    refused: { code: 'INVALID_VALUE', input: () => ({ ...summary, firstDay: 'soon' }) },
    change: { every: 'WEEK' },
  },
  {
    mutation: 'deleteReportSchedule',
    by: 'brand',
    done: async (scene) => {
      const made = await scene.do('scheduleReport', summary);
      return { id: made['reportSchedule'].id as string };
    },
    refused: notFound('rsc'),
    change: { id: missing('rsc') },
  },
];
