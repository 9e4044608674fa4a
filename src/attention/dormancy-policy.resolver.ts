import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Brand, type BrandEntity } from '../brands';
import { viewer } from '../platform/auth/caller';
import type { Context } from '../platform/graphql/context';
import { defineLoader } from '../platform/graphql/loaders';
import { defaultDormancyPolicy, type DormancyPolicy } from './dormancy';
import { BrandDormancyPolicy } from './dormancy.type';

const policiesSql = `
  SELECT p.brand_id, p.active_days AS "activeDays", p.drifting_days AS "driftingDays",
    p.inactive_days AS "inactiveDays", p.dormant_days AS "dormantDays", p.min_messages AS "minMessages"
  FROM dormancy_policies p
  WHERE p.brand_id = ANY ($1::uuid[]) AND ($2::uuid IS NULL OR p.brand_id = $2)`;

const policyLoader = defineLoader<string, BrandDormancyPolicy>(async (context, brands) => {
  const [own] = viewer(context.caller);
  const rows = await context.reads.query<DormancyPolicy & { brand_id: string }>(policiesSql, [
    brands,
    own,
  ]);
  const found = new Map(rows.map(({ brand_id, ...policy }) => [brand_id, policy]));
  return brands.map((id) =>
    Object.assign(new BrandDormancyPolicy(), found.get(id) ?? defaultDormancyPolicy),
  );
});

@Resolver(() => Brand)
export class DormancyPolicyOfBrand {
  @FieldResolver(() => BrandDormancyPolicy, {
    nullable: true,
    description:
      'How the brand calls silence. Only the platform and the brand itself, with READ, see it.',
  })
  async dormancyPolicy(
    @Root() brand: BrandEntity,
    @Ctx() context: Context,
  ): Promise<BrandDormancyPolicy | null> {
    const { caller } = context;
    const isOwn =
      caller.kind === 'platform' ||
      (caller.kind === 'brand' &&
        caller.brandId === brand.uuid &&
        caller.scopes.includes('mu:read'));
    return isOwn ? policyLoader(context).load(brand.uuid) : null;
  }
}
