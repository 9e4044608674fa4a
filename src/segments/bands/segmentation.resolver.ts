import { Arg, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Brand, isOwnBrand, type BrandEntity } from '../../brands';
import { BrandRelationship, type RelationshipEntity } from '../../customers';
import { brandOf } from '../../platform/auth/caller';
import type { Context } from '../../platform/graphql/context';
import { customerBandLoader } from './customer-band.loader';
import { SegmentationModelEnum, type SegmentationModel } from './models';
import { segmentationsLoader } from './segmentation.loader';
import { CustomerBand, Segmentation, TransactionAttentionTable } from './segmentation.type';
import { segmentationView, tableView } from './segmentation.view';

const ofMoney: SegmentationModel = 'VALUE_2021';

@Resolver(() => Brand)
export class BandsOfBrand {
  @FieldResolver(() => Segmentation, {
    nullable: true,
    description:
      'Its customers divided into bands, as the last division found them. Null before the first, and to ' +
      'everybody but the platform and the brand’s own keys that read.',
  })
  async segmentation(
    @Root() brand: BrandEntity,
    @Arg('model', () => SegmentationModelEnum, {
      defaultValue: ofMoney,
      description: 'By which model; VALUE_2021 for questions of money, TAT_2026 for what to do.',
    })
    model: SegmentationModel,
    @Ctx() context: Context,
  ): Promise<Segmentation | null> {
    if (!isOwnBrand(brand, context.caller)) return null;
    const found = await segmentationsLoader(context, { model }).load(brand.uuid);
    return found === null ? null : segmentationView(found, model);
  }

  @FieldResolver(() => TransactionAttentionTable, {
    nullable: true,
    description:
      'Its Transaction–Attention Table, as the last division found it. Null before the first, and to ' +
      'everybody but the platform and the brand’s own keys that read.',
  })
  async transactionAttentionTable(
    @Root() brand: BrandEntity,
    @Ctx() context: Context,
  ): Promise<TransactionAttentionTable | null> {
    if (!isOwnBrand(brand, context.caller)) return null;
    const found = await segmentationsLoader(context, { model: 'TAT_2026' }).load(brand.uuid);
    return found === null ? null : tableView(found);
  }
}

@Resolver(() => BrandRelationship)
export class BandOfRelationship {
  @FieldResolver(() => CustomerBand, {
    nullable: true,
    description:
      'The band a model has put the customer into; null before it has. Shown to the brand, and to the ' +
      'customer by a token of that brand.',
  })
  async band(
    @Root() { brandUuid, customerUuid }: RelationshipEntity,
    @Arg('model', () => SegmentationModelEnum, {
      defaultValue: ofMoney,
      description: 'By which model.',
    })
    model: SegmentationModel,
    @Ctx() context: Context,
  ): Promise<CustomerBand | null> {
    if (brandOf(context.caller) !== brandUuid) return null;
    return customerBandLoader(context, { model }).load(customerUuid);
  }
}
