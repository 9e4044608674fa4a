import { type CustomerBy, resolveCustomers } from '../customers';
import { subjectOf, viewer } from '../platform/auth/caller';
import type { Announced } from '../platform/database/outbox-feed';
import { RequestError } from '../platform/errors';
import type { Context } from '../platform/graphql/context';

interface Asked {
  args: Record<string, unknown>;
  context: Context;
}

type Source = (asked: Asked) => Promise<AsyncIterable<Announced>>;

/**
 * The source of a subscription: announcements of these topics that concern the caller. A brand hears of
 * its own doings, with one customer when it names one; a customer of their own with all brands. Throws
 * RequestError NOT_FOUND for a customer the caller does not know.
 */
export function follow(...topics: string[]): Source {
  return async ({ args, context }) => {
    const [brandId, customerId] = viewer(context.caller);
    const storeId = args['storeId'] as string | null | undefined;
    const named = args['customer'] as CustomerBy | null | undefined;
    return context.announcements.follow({
      topics,
      brandId,
      customerId: named == null ? customerId : await customerNamed(context, named),
      ...(storeId == null ? {} : { wanted: ({ payload }) => payload['storeId'] === storeId }),
    });
  };
}

async function customerNamed(context: Context, by: CustomerBy): Promise<string> {
  const { caller } = context;
  if (caller.kind !== 'brand' && caller.kind !== 'customer') throw new RequestError('FORBIDDEN');
  const { brandId } = caller;
  const [found] = await resolveCustomers(context.reads, [{ brandId, by }]);
  const own = subjectOf(caller);
  if (found == null || (own !== null && own !== found)) throw new RequestError('NOT_FOUND');
  return found;
}
