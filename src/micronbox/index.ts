import type { Feature } from '../platform/feature';
import { AllowBrandMutation } from './allow-brand.mutation';
import { announceArrivals, micronboxTopics } from './announce-arrivals';
import { allowBrand, muteBrand } from './change-permission.command';
import { forgetMarks } from './forget-marks.job';
import { MarkMicronReadMutation } from './mark-micron-read.mutation';
import { markMicronRead, saveMicron, unsaveMicron } from './mark-micron.command';
import {
  LinksOfMicron,
  LinksOfThread,
  MicronboxOfCustomer,
  PermissionOfRelationship,
} from './micronbox.resolver';
import { MuteBrandMutation } from './mute-brand.mutation';
import { SaveMicronMutation } from './save-micron.mutation';
import { UnsaveMicronMutation } from './unsave-micron.mutation';

export { Micron } from './micron.type';
export { micronLoader } from './micron.loader';

/** A person's own box of microns, over all brands they let into it. */
export const micronboxFeature: Feature = {
  name: 'micronbox',
  entities: [],
  resolvers: [
    MicronboxOfCustomer,
    LinksOfThread,
    LinksOfMicron,
    PermissionOfRelationship,
    AllowBrandMutation,
    MuteBrandMutation,
    SaveMicronMutation,
    UnsaveMicronMutation,
    MarkMicronReadMutation,
  ],
  commands: [allowBrand, muteBrand, saveMicron, unsaveMicron, markMicronRead],
  follows: { recordDeliveries: announceArrivals },
  references: {},
  nodes: {},
  jobs: [forgetMarks],
  topics: micronboxTopics,
};
