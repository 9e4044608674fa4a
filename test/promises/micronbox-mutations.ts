import type { MutationCase } from './mutations';
import { missing } from './refusals';
import type { Scene } from './scene';

const micron = async (scene: Scene) => ({ micronId: await scene.micron() });
const noMicron = { code: 'NOT_FOUND', input: () => ({ micronId: missing('dlv') }) };
const noBrand = { code: 'NOT_FOUND', input: () => ({ brandId: missing('brd') }) };
const otherMicron = { micronId: missing('dlv') };
const otherBrand = { brandId: missing('brd') };

/** What people do with their own box. */
export const micronboxCases: MutationCase[] = [
  {
    mutation: 'allowBrand',
    by: 'customer',
    done: ({ brand }) => ({ brandId: brand.id }),
    refused: noBrand,
    change: otherBrand,
  },
  {
    mutation: 'muteBrand',
    by: 'customer',
    done: ({ brand }) => ({ brandId: brand.id }),
    refused: noBrand,
    change: otherBrand,
  },
  {
    mutation: 'saveMicron',
    by: 'customer',
    done: micron,
    refused: noMicron,
    change: otherMicron,
  },
  {
    mutation: 'unsaveMicron',
    by: 'customer',
    done: async (scene) => ({ micronId: await scene.micron(true) }),
    refused: noMicron,
    change: otherMicron,
  },
  {
    mutation: 'markMicronRead',
    by: 'customer',
    done: micron,
    refused: noMicron,
    change: otherMicron,
  },
];
