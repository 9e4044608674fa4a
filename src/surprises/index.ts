import type { Feature } from '../platform/feature';
import { referencesById } from '../platform/graphql/references';
import { closeSurprisePool } from './close-surprise-pool.command';
import { CloseSurprisePoolMutation } from './close-surprise-pool.mutation';
import { createSurprisePool } from './create-surprise-pool.command';
import { CreateSurprisePoolMutation } from './create-surprise-pool.mutation';
import { SurpriseDrawEntity } from './surprise-draw.entity';
import { SurprisePoolEntity } from './surprise-pool.entity';
import { surpriseDrawId, surprisePoolId } from './surprise.id';
import { drawLoader, poolLoader } from './surprise.loader';
import {
  BrandOnPool,
  DrawsOfAudit,
  LinksOfDraw,
  SurpriseQueries,
  SurprisesOnCustomer,
} from './surprise.resolver';
import { triggerSurprise } from './trigger-surprise.command';
import { TriggerSurpriseMutation } from './trigger-surprise.mutation';

/** Gifts by lot: pools, draws that anybody can draw again, and the audit that does. */
export { poolLoader } from './surprise.loader';
export { surprisePoolId } from './surprise.id';
export { SurprisePool } from './surprise-pool.type';

export const surprisesFeature: Feature = {
  name: 'surprises',
  entities: [SurprisePoolEntity, SurpriseDrawEntity],
  resolvers: [
    SurpriseQueries,
    DrawsOfAudit,
    SurprisesOnCustomer,
    BrandOnPool,
    LinksOfDraw,
    CreateSurprisePoolMutation,
    TriggerSurpriseMutation,
    CloseSurprisePoolMutation,
  ],
  commands: [createSurprisePool, triggerSurprise, closeSurprisePool],
  references: { SurprisePool: referencesById(surprisePoolId, poolLoader) },
  nodes: {
    [surprisePoolId.prefix]: (uuid, context) => poolLoader(context).load(uuid),
    [surpriseDrawId.prefix]: (uuid, context) => drawLoader(context).load(uuid),
  },
  jobs: [],
  topics: { 'surprise.received': 'A customer won a gift by lot and was paid.' },
};
