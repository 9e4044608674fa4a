import type { Feature } from '../platform/feature';
import { ApiKeyEntity } from './api-key.entity';
import { apiKeyLoader } from './api-key.loader';
import { BrandEntity } from './brand.entity';
import { apiKeyId, brandId } from './brand.id';
import { brandLoader } from './brand.loader';
import { brandReferences } from './brand.references';
import { BrandResolver } from './brand.resolver';
import { createApiKeyHandler } from './create-api-key.command';
import { CreateApiKeyMutation } from './create-api-key.mutation';
import { createBrandHandler } from './create-brand.command';
import { CreateBrandMutation } from './create-brand.mutation';
import { revokeApiKeyHandler } from './revoke-api-key.command';
import { RevokeApiKeyMutation } from './revoke-api-key.mutation';
import { updateBrandHandler } from './update-brand.command';
import { UpdateBrandMutation } from './update-brand.mutation';

export { brandBucketOf, createAuthenticator } from './authenticate';
export { BrandEntity } from './brand.entity';
export { brandId } from './brand.id';
export { brandBySlugLoader, brandLoader } from './brand.loader';
export { brandClocks, brandsThatExist, type BrandClock } from './brand.service';
export { Brand } from './brand.type';
export type { TriadThirdName } from './triad-third';
export { brandMeant, tenantOf } from './brand-meant';
export { createBrand } from './create-brand.mutation';
export { isOwnBrand } from './own-brand';
export { nameOf, takenNames } from './taken-names';

/** The tenants: brands, their settings and their API keys. */
export const brandsFeature: Feature = {
  name: 'brands',
  entities: [BrandEntity, ApiKeyEntity],
  resolvers: [
    BrandResolver,
    CreateBrandMutation,
    UpdateBrandMutation,
    CreateApiKeyMutation,
    RevokeApiKeyMutation,
  ],
  commands: [createBrandHandler, updateBrandHandler, createApiKeyHandler, revokeApiKeyHandler],
  references: { Brand: brandReferences },
  nodes: {
    [brandId.prefix]: (uuid, context) => brandLoader(context).load(uuid),
    [apiKeyId.prefix]: (uuid, context) => apiKeyLoader(context).load(uuid),
  },
  jobs: [],
};
