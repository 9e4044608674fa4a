import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { BrandRelationship, type RelationshipEntity } from '../customers';
import { RequestError } from '../platform/errors';
import type { Context } from '../platform/graphql/context';
import { AttentionScore, AttentionTrajectory } from './attention-score.type';
import { Dormancy } from './dormancy.type';
import { loadKept } from './relationship-attention.loader';
import { dormancyOf, scoredDays, scoreOf, trajectoryOf } from './score-of';

/** A trajectory costs what its days cost. */
const trajectoryCost = ({
  args,
  childComplexity,
}: {
  args: Record<string, unknown>;
  childComplexity: number;
}): number => 1 + childComplexity * Math.ceil(Math.max(1, Number(args['last'])) / 10);

@Resolver(() => BrandRelationship)
export class AttentionOnRelationship {
  @FieldResolver(() => AttentionScore, {
    nullable: true,
    description: 'How attentive the customer is to the brand; null with another brand.',
  })
  async attentionScore(
    @Root() relationship: RelationshipEntity,
    @Ctx() context: Context,
  ): Promise<AttentionScore | null> {
    const kept = await loadKept(context, relationship, 2 * scoredDays);
    return kept === null ? null : scoreOf(kept);
  }

  @FieldResolver(() => AttentionTrajectory, {
    nullable: true,
    complexity: trajectoryCost,
    description: 'The attention of the last days, day by day; null with another brand.',
  })
  async attentionTrajectory(
    @Root() relationship: RelationshipEntity,
    @Arg('last', () => Int, {
      defaultValue: scoredDays,
      description: 'How many days, today included: at most 366.',
    })
    last: number,
    @Ctx() context: Context,
  ): Promise<AttentionTrajectory | null> {
    const most = context.config.limits.trajectoryDays;
    if (last < 1 || last > most) {
      throw new RequestError('BAD_USER_INPUT', `last must be from 1 to ${most} days.`);
    }
    const kept = await loadKept(context, relationship, Math.max(last, 2 * scoredDays));
    return kept === null ? null : trajectoryOf(kept, last);
  }

  @FieldResolver(() => Dormancy, {
    nullable: true,
    description: 'How long the customer has been silent to the brand; null with another brand.',
  })
  async dormancy(
    @Root() relationship: RelationshipEntity,
    @Ctx() context: Context,
  ): Promise<Dormancy | null> {
    const kept = await loadKept(context, relationship, 2 * scoredDays);
    return kept === null ? null : dormancyOf(kept, relationship.createdAt);
  }
}
