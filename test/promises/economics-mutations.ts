import type { MutationCase } from './mutations';
import { unknown } from './refusals';
import { reportCases } from './report-mutations';

const spent = { purpose: 'ACQUISITION', route: 'ADTECH', firstDay: '2026-03-01', amount: '63.00' };

/** What a brand spends, whom it wins with it, and what it is told of that. */
export const economicsCases: MutationCase[] = [
  {
    mutation: 'recordSpend',
    by: 'brand',
    done: ({ name }) => ({ ...spent, campaign: name() }),
    refused: { code: 'INVALID_VALUE', input: () => ({ ...spent, amount: 'much' }) },
    change: { lastDay: '2026-03-07' },
  },
  {
    mutation: 'recordAcquisition',
    by: 'brand',
    done: async (scene) => ({
      identities: [{ id: (await scene.customer()).id }],
      route: 'ADTECH',
      cost: '100.00',
    }),
    refused: {
      code: 'NOT_FOUND',
      input: () => ({ identities: [unknown], route: 'ADTECH' }),
    },
    change: { campaign: 'another' },
  },
  {
    mutation: 'setBudgetPlan',
    by: 'brand',
    done: () => ({
      firstDay: '2026-03-01',
      lastDay: '2026-03-07',
      lines: [{ purpose: 'RETENTION', amount: '25.00' }],
    }),
    refused: {
      code: 'INVALID_VALUE',
      input: () => ({ firstDay: '2026-03-01', lastDay: 'soon', lines: [] }),
    },
    change: { lastDay: '2026-03-08' },
  },
  {
    mutation: 'reallocateToMu',
    by: 'brand',
    done: () => ({ from: 'REACQUISITION', amount: '56.70', reason: 'They answer to mails' }),
    refused: {
      code: 'INVALID_VALUE',
      input: () => ({ from: 'ATTENTION', amount: '56.70', reason: 'again' }),
    },
    change: { amount: '56.71' },
  },
  {
    mutation: 'setUnitCosts',
    by: 'brand',
    done: () => ({ muPrice: '0.10', messageCosts: [{ channel: 'EMAIL', cost: '0.01' }] }),
    refused: { code: 'INVALID_VALUE', input: () => ({ muPrice: 'little' }) },
    change: { survivalDays: 60 },
  },
  ...reportCases,
];
