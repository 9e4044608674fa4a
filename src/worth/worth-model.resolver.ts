import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { Brand, type BrandEntity } from '../brands';
import { BrandRelationship, type RelationshipEntity } from '../customers';
import type { Caller } from '../platform/auth/caller';
import { RequestError } from '../platform/errors';
import type { Context } from '../platform/graphql/context';
import { predictedWorth } from './predicted-worth.loader';
import { PredictedWorth } from './predicted-worth.type';
import { worthModelLoader } from './worth-model.loader';
import { WorthModel } from './worth-model.type';

const weeksAYear = 52;

@Resolver(() => Brand)
export class WorthModelOnBrand {
  @FieldResolver(() => WorthModel, {
    nullable: true,
    description:
      'The model of who will buy how often and for how much, fitted on the orders of the brand. Null until ' +
      'the first try, and to everybody but the platform and the brand itself.',
  })
  async worthModel(
    @Root() brand: BrandEntity,
    @Ctx() context: Context,
  ): Promise<WorthModel | null> {
    return maySee(context.caller, brand.uuid) ? worthModelLoader(context).load(brand.uuid) : null;
  }
}

@Resolver(() => BrandRelationship)
export class PredictedWorthOnRelationship {
  @FieldResolver(() => PredictedWorth, {
    nullable: true,
    description:
      'What the model of the brand foretells of the customer. Null without orders, while the brand has no ' +
      'model, and to a customer with any brand but the one that signed them in.',
  })
  predictedWorth(
    @Root() relationship: RelationshipEntity,
    @Arg('weeks', () => Int, {
      nullable: true,
      defaultValue: weeksAYear,
      description: 'How far to look ahead, from 1 to the limit (520).',
    })
    weeks: number | null,
    @Ctx() context: Context,
  ): Promise<PredictedWorth | null> {
    const ahead = weeks ?? weeksAYear;
    const { worthWeeks } = context.config.limits;
    if (ahead < 1 || ahead > worthWeeks) {
      throw new RequestError('BAD_USER_INPUT', `weeks must be from 1 to ${worthWeeks}`);
    }
    return predictedWorth(context, relationship, ahead);
  }
}

function maySee(caller: Caller, brandUuid: string): boolean {
  if (caller.kind === 'platform') return true;
  return (
    caller.kind === 'brand' && caller.brandId === brandUuid && caller.scopes.includes('mu:read')
  );
}
