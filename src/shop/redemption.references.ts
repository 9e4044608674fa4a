import type { ReferenceLoader } from '../platform/feature';
import { redemptionLoader } from './redemption.loader';
import { redemptionId } from './shop.id';

/** Redemptions a router names by id, as the caller may see them. */
export const redemptionReferences: ReferenceLoader = async (representations, context) => {
  const uuids = representations.map(({ id }) =>
    typeof id === 'string' ? redemptionId.decode(id) : null,
  );
  const wanted = uuids.filter((uuid) => uuid !== null);
  const loaded = (await redemptionLoader(context).loadMany(wanted)).values();
  return uuids.map((uuid) => {
    const redemption = uuid === null ? null : (loaded.next().value ?? null);
    if (redemption instanceof Error) throw redemption;
    return redemption;
  });
};
