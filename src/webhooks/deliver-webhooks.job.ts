import type { Database } from '../platform/database/database';
import type { Job, JobContext } from '../platform/feature';
import { Courier } from './courier';

/** One a process: what it has under way outlives a turn. */
const couriers = new WeakMap<Database, Courier>();

function courierOf(context: JobContext): Courier {
  const courier = couriers.get(context.database) ?? new Courier(context);
  couriers.set(context.database, courier);
  return courier;
}

/** Sends what is queued for endpoints, and sends it again when it was not taken. */
export const deliverWebhooks: Job = {
  name: 'deliver-webhooks',
  run: (context) => courierOf(context).turn(),
  stop: (context) => courierOf(context).stop(),
};
