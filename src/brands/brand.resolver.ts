import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { brandOf } from '../platform/auth/caller';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import type { ApiKeyEntity } from './api-key.entity';
import { apiKeysOfBrandLoader, maySeeKeys } from './api-key.loader';
import { ApiKey } from './api-key.type';
import type { BrandEntity } from './brand.entity';
import { brandId } from './brand.id';
import { brandLoader } from './brand.loader';
import { Brand } from './brand.type';

@Resolver(() => Brand)
export class BrandResolver {
  @Query(() => Brand, {
    nullable: true,
    description:
      "The caller's own brand when `id` is left out: that of the key, or the one that signed the " +
      'customer in. Another brand is null to everybody but the platform, which must name one.',
  })
  @Allow({ platform: true, customer: true, brand: 'mu:read' })
  async brand(
    @Arg('id', () => ID, { nullable: true, description: 'The brand to look up.' })
    id: string | null | undefined,
    @Ctx() context: Context,
  ): Promise<Brand | null> {
    const own = brandOf(context.caller);
    const named = id ?? null;
    const uuid = named === null ? own : brandId.decode(named);
    if (uuid === null || (own !== null && uuid !== own)) return null;
    return brandLoader(context).load(uuid);
  }

  @FieldResolver(() => [ApiKey], {
    description:
      'Working keys first, then the newest of the revoked ones, at most a page (100). Only the ' +
      "platform and the brand's own keys with the scope KEYS see any.",
  })
  async apiKeys(@Root() brand: BrandEntity, @Ctx() context: Context): Promise<ApiKeyEntity[]> {
    return apiKeysOfBrandLoader(context).load(brand.uuid);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      "The key that verifies SendGrid's event webhook. Only the platform and the brand's own keys " +
      'with the scope KEYS see it.',
  })
  sendgridPublicKey(@Root() brand: BrandEntity, @Ctx() { caller }: Context): string | null {
    const foreign = caller.kind === 'brand' && caller.brandId !== brand.uuid;
    return maySeeKeys(caller) && !foreign ? brand.sendgridPublicKey : null;
  }
}
