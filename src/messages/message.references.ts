import type { ReferenceLoader } from '../platform/feature';
import { messageId } from './message.id';
import { messageLoader } from './message.loader';

/** Messages a router names by id, as the caller may see them. */
export const messageReferences: ReferenceLoader = async (representations, context) => {
  const uuids = representations.map(({ id }) => {
    return typeof id === 'string' ? messageId.decode(id) : null;
  });
  const loaded = await messageLoader(context).loadMany(uuids.filter((uuid) => uuid !== null));
  const next = loaded.values();
  return uuids.map((uuid) => {
    const message = uuid === null ? null : next.next().value;
    if (message instanceof Error) throw message;
    return message ?? null;
  });
};
