import type { ReferenceLoader } from '../platform/feature';
import { loadInPlaces } from '../platform/graphql/references';
import { brandId } from './brand.id';
import { brandBySlugLoader, brandLoader } from './brand.loader';
import { checkSlug } from './brand-settings';

/** Brands a router names by id or by slug; a brand's key resolves its own only. */
export const brandReferences: ReferenceLoader = async (representations, context) => {
  const uuids = representations.map(({ id }) => {
    return typeof id === 'string' ? brandId.decode(id) : null;
  });
  const slugs = representations.map(({ id, slug }) => {
    return id === undefined && typeof slug === 'string' ? (checkSlug(slug).value ?? null) : null;
  });
  const [byUuid, bySlug] = await Promise.all([
    loadInPlaces(brandLoader(context), uuids),
    loadInPlaces(brandBySlugLoader(context), slugs),
  ]);
  return representations.map((_, at) => byUuid[at] ?? bySlug[at] ?? null);
};
