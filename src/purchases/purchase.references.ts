import type { ReferenceLoader } from '../platform/feature';
import { purchaseId } from './purchase.id';
import { purchaseLoader } from './purchase.loader';

/** Purchases a router names by id, as the caller may see them. */
export const purchaseReferences: ReferenceLoader = async (representations, context) => {
  const uuids = representations.map(({ id }) => {
    return typeof id === 'string' ? purchaseId.decode(id) : null;
  });
  const loaded = await purchaseLoader(context).loadMany(uuids.filter((uuid) => uuid !== null));
  const next = loaded.values();
  return uuids.map((uuid) => {
    const purchase = uuid === null ? null : next.next().value;
    if (purchase instanceof Error) throw purchase;
    return purchase ?? null;
  });
};
