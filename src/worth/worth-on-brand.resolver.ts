import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Brand, type BrandEntity } from '../brands';
import type { Context } from '../platform/graphql/context';
import { worthTermsLoader } from './worth-settings.loader';
import { WorthSettings } from './worth-settings.type';

@Resolver(() => Brand)
export class WorthOnBrand {
  @FieldResolver(() => WorthSettings, {
    nullable: true,
    description:
      "By what its customers' lifetime values are reckoned; null to everybody but the brand and the platform.",
  })
  worthSettings(
    @Root() { uuid }: BrandEntity,
    @Ctx() context: Context,
  ): Promise<WorthSettings | null> {
    return worthTermsLoader(context).load(uuid);
  }
}
