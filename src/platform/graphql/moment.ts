import type { Context } from './context';
import { defineLoader } from './loaders';

const nowLoader = defineLoader<'now', Date>(async (context, keys) => {
  const [row] = await context.reads.query<{ now: Date }>('SELECT now() AS now');
  return keys.map(() => row?.now as Date);
});

/** The moment a request's reads are of, by the database's clock; asked once however many ask. */
export async function momentOf(context: Context): Promise<Date> {
  return context.clock.now(await nowLoader(context).load('now'));
}
