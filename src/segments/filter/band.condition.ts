import { Field, InputType } from 'type-graphql';
import { userError } from '../../platform/errors';
import {
  BandEnum,
  SegmentationModelEnum,
  type Band,
  type SegmentationModel,
} from '../bands/models';
import type { FilterKind } from './filter-kind';

@InputType({ description: 'The band a model put the customer into.' })
export class BandCondition {
  @Field(() => SegmentationModelEnum, { description: 'The model.' })
  model!: SegmentationModel;

  @Field(() => [BandEnum], { description: 'It is one of these bands.' })
  in!: Band[];
}

/** Where a model has put the customer; whoever it has not judged yet is in no band. */
export const band: FilterKind<BandCondition> = {
  facet: 'band',
  check: ({ in: bands }, _scope, field) =>
    bands.length > 0 ? null : userError('INVALID_VALUE', field, 'Name at least one band.'),
  parts: ({ in: bands }) => bands.length,
  moves: () => false,
  sql: ({ model, in: bands }, scope) =>
    `EXISTS (SELECT FROM brand_bands b
      WHERE b.brand_id = r.brand_id AND b.customer_id = r.customer_id
        AND b.model = ${scope.value(model, 'text')} AND b.band = ANY (${scope.value(bands, 'text[]')}))`,
};
