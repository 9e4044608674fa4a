import { mapping, opened } from './imports';
import type { MutationCase } from './mutations';

/** Imports. */
export const importCases: MutationCase[] = [
  {
    mutation: 'importEvents',
    by: 'brand',
    done: ({ name }) => ({ mapping, events: [opened(name())] }),
    refused: { code: 'INVALID_VALUE', input: () => ({ mapping, events: [] }) },
    change: { backfill: true },
  },
  {
    mutation: 'upsertEventMapping',
    by: 'brand',
    done: ({ name }) => ({ key: name(), mapping }),
    refused: {
      code: 'INVALID_VALUE',
      input: ({ name }) => ({ key: name(), mapping: { ...mapping, rules: [] } }),
    },
    change: { key: 'another' },
  },
];
