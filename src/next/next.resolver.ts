import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, Resolver, Root } from 'type-graphql';
import { Brand, isOwnBrand, type BrandEntity } from '../brands';
import {
  BrandRelationship,
  Customer,
  customerLoader,
  type CustomerEntity,
  type RelationshipEntity,
} from '../customers';
import { PageArgs, type Connection } from '../platform/graphql/connection';
import type { Context } from '../platform/graphql/context';
import { SegmentationModelEnum, type SegmentationModel } from '../segments';
import { genomeLoader } from './genome.loader';
import { BestCustomerGenome } from './genome.type';
import { nextScoreLoader, readCandidates } from './next-score.loader';
import { NextCandidate, NextCandidateConnection, NextScore } from './next-score.type';

const usual: SegmentationModel = 'VALUE_2021';
const byWhich = 'By which model customers are the best.';
const forWhom =
  'Reckoned once a day, and whenever bands have been; null before, and to everybody but the platform and ' +
  'the brand’s own keys with the scope READ.';

@ArgsType()
class CandidatesArgs extends PageArgs {
  @Field(() => SegmentationModelEnum, { defaultValue: usual, description: byWhich })
  model!: SegmentationModel;
}

@Resolver(() => Brand)
export class NextOfBrand {
  @FieldResolver(() => BestCustomerGenome, {
    nullable: true,
    description: `What tells its best customers from all who ordered. ${forWhom}`,
  })
  async bestCustomerGenome(
    @Root() brand: BrandEntity,
    @Arg('model', () => SegmentationModelEnum, { defaultValue: usual, description: byWhich })
    model: SegmentationModel,
    @Ctx() context: Context,
  ): Promise<BestCustomerGenome | null> {
    if (!isOwnBrand(brand, context.caller)) return null;
    return genomeLoader(context, { model }).load(brand.uuid);
  }

  @FieldResolver(() => NextCandidateConnection, {
    nullable: true,
    description:
      `Customers who never ordered, those most like the best first. Who came since then is not among them ` +
      `yet. ${forWhom}`,
  })
  async nextCandidates(
    @Root() brand: BrandEntity,
    @Args(() => CandidatesArgs) args: CandidatesArgs,
    @Ctx() context: Context,
  ): Promise<Connection<NextCandidate> | null> {
    return isOwnBrand(brand, context.caller) ? readCandidates(context, brand.uuid, args) : null;
  }
}

@Resolver(() => NextCandidate)
export class CustomerOfCandidate {
  @FieldResolver(() => Customer, { nullable: true, description: 'Who it is.' })
  customer(
    @Root() { customerUuid }: NextCandidate,
    @Ctx() context: Context,
  ): Promise<CustomerEntity | null> {
    return customerLoader(context).load(customerUuid);
  }
}

@Resolver(() => BrandRelationship)
export class NextScoreOfRelationship {
  @FieldResolver(() => NextScore, {
    nullable: true,
    description:
      'How alike to the best a customer is who never ordered; null of who did, and before it was reckoned. ' +
      'Only the brand’s own keys with the scope READ see it; a customer does not.',
  })
  async nextScore(
    @Root() { brandUuid, customerUuid }: RelationshipEntity,
    @Arg('model', () => SegmentationModelEnum, { defaultValue: usual, description: byWhich })
    model: SegmentationModel,
    @Ctx() context: Context,
  ): Promise<NextScore | null> {
    if (!isOwnBrand({ uuid: brandUuid }, context.caller)) return null;
    return nextScoreLoader(context, { model, brand: brandUuid }).load(customerUuid);
  }
}
