import type { MutationCase } from './mutations';

/** How silence is called. */
export const attentionCases: MutationCase[] = [
  {
    mutation: 'setDormancyPolicy',
    by: 'brand',
    done: () => ({ activeDays: 20, minMessages: 5 }),
    refused: { code: 'INVALID_VALUE', input: () => ({ activeDays: 0 }) },
    change: { activeDays: 21 },
  },
];
