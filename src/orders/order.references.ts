import type { ReferenceLoader } from '../platform/feature';
import { orderId } from './order.id';
import { orderLoader } from './order.loader';

/** Orders a router names by id, as the caller may see them. */
export const orderReferences: ReferenceLoader = async (representations, context) => {
  const uuids = representations.map(({ id }) => {
    return typeof id === 'string' ? orderId.decode(id) : null;
  });
  const loaded = await orderLoader(context).loadMany(uuids.filter((uuid) => uuid !== null));
  const next = loaded.values();
  return uuids.map((uuid) => {
    const order = uuid === null ? null : next.next().value;
    if (order instanceof Error) throw order;
    return order ?? null;
  });
};
