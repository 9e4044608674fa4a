import type { Feature } from '../platform/feature';
import { recomputeSegmentation } from './bands/recompute-segmentation.command';
import { RecomputeSegmentationMutation } from './bands/recompute-segmentation.mutation';
import { segmentCustomers } from './bands/segment-customers.job';
import { BandOfRelationship, BandsOfBrand } from './bands/segmentation.resolver';
import { CustomersQuery } from './customers.query';
import { deleteSegment } from './delete-segment.command';
import { DeleteSegmentMutation } from './delete-segment.mutation';
import { judgeSegments } from './judge-segments.job';
import { SegmentEntity } from './segment.entity';
import { segmentId } from './segment.id';
import { segmentLoader } from './segment.loader';
import {
  FieldsOfSegment,
  SegmentOfMembership,
  SegmentQueries,
  SegmentsOfBrand,
  SegmentsOfRelationship,
} from './segment.resolver';
import { upsertSegment } from './upsert-segment.command';
import { UpsertSegmentMutation } from './upsert-segment.mutation';

export { BandCondition } from './filter/band.condition';
export { BandEnum, SegmentationModelEnum, type Band, type SegmentationModel } from './bands/models';
export { CustomerCondition } from './filter/customer-condition.input';
export { segmentId } from './segment.id';
export { customerMemberships, noMembership, type Membership } from './membership';
export { inBandSql, inSegmentSql, savedSegments } from './segment-references';
export { segmentLoader } from './segment.loader';
export { Segment } from './segment.type';

/** Which customers: the list and what it can be asked, saved segments, and bands by named models. */
export const segmentsFeature: Feature = {
  name: 'segments',
  entities: [SegmentEntity],
  resolvers: [
    CustomersQuery,
    SegmentQueries,
    FieldsOfSegment,
    SegmentsOfBrand,
    SegmentsOfRelationship,
    SegmentOfMembership,
    UpsertSegmentMutation,
    DeleteSegmentMutation,
    BandsOfBrand,
    BandOfRelationship,
    RecomputeSegmentationMutation,
  ],
  commands: [upsertSegment, deleteSegment, recomputeSegmentation],
  references: {},
  nodes: { [segmentId.prefix]: (uuid, context) => segmentLoader(context).load(uuid) },
  jobs: [judgeSegments, segmentCustomers],
  topics: {
    'band.changed':
      'A model has put a customer into another band than before: customerId, model, band, before.',
    'segment.changed':
      'A customer ENTERED or LEFT a saved segment: segmentId, customerId, name, change.',
  },
};
