import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { brandOf, type Caller } from '../platform/auth/caller';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { EmailAddress } from '../platform/graphql/scalars';
import type { ApiKeyEntity } from './api-key.entity';
import { apiKeysOfBrandLoader, maySeeKeys } from './api-key.loader';
import { ApiKey } from './api-key.type';
import type { BrandEntity } from './brand.entity';
import { brandId } from './brand.id';
import { brandLoader } from './brand.loader';
import { Brand } from './brand.type';
import { TriadThird, type TriadThirdName } from './triad-third';

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

  @FieldResolver(() => [String], {
    description:
      'Origins that links in its mails may lead to. Only the platform and the brand itself see any.',
  })
  linkOrigins(@Root() brand: BrandEntity, @Ctx() { caller }: Context): string[] {
    return isOwn(brand, caller) ? (brand.linkOrigins ?? []) : [];
  }

  @FieldResolver(() => [EmailAddress], {
    description:
      'Addresses whose mails may post AMP forms. Only the platform and the brand itself see any.',
  })
  ampSenders(@Root() brand: BrandEntity, @Ctx() { caller }: Context): string[] {
    return isOwn(brand, caller) ? (brand.ampSenders ?? []) : [];
  }

  @FieldResolver(() => TriadThird, {
    description: 'What the third number in the subject lines of its messages says.',
  })
  triadThird(@Root() brand: BrandEntity): TriadThirdName {
    return brand.triadThird ?? 'ACTION_MAXIMUM';
  }
}

function isOwn(brand: BrandEntity, caller: Caller): boolean {
  return caller.kind === 'platform' || (caller.kind === 'brand' && caller.brandId === brand.uuid);
}
