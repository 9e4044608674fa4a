import type { ReferenceLoader } from '../platform/feature';
import type { BrandEntity } from './brand.entity';
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
    loadAll(brandLoader(context), uuids),
    loadAll(brandBySlugLoader(context), slugs),
  ]);
  return representations.map((_, at) => byUuid[at] ?? bySlug[at] ?? null);
};

interface BrandLoader {
  loadMany(keys: string[]): Promise<(BrandEntity | null | Error)[]>;
}

/** What the loader answers for the keys that are there, in their places. Throws what it fails with. */
async function loadAll(
  loader: BrandLoader,
  keys: readonly (string | null)[],
): Promise<(BrandEntity | null)[]> {
  const loaded = await loader.loadMany(keys.filter((key) => key !== null));
  const next = loaded.values();
  return keys.map((key) => {
    const brand = key === null ? null : next.next().value;
    if (brand instanceof Error) throw brand;
    return brand ?? null;
  });
}
