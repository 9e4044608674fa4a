import type { Context } from '../../../src/platform/graphql/context';
import {
  defineListLoader,
  defineLoader,
  forgetLoaded,
} from '../../../src/platform/graphql/loaders';
import { callers, sampleContext } from './sample-context';

/** A loader that doubles numbers and remembers what it was asked. */
function doubling() {
  const calls: { context: Context; keys: readonly number[] }[] = [];
  const load = defineLoader<number, number>((context, keys) => {
    calls.push({ context, keys });
    return Promise.resolve(keys.map((key) => key * 2));
  });
  return { calls, load };
}

test('loads of one tick become one batch without repeats', async () => {
  const { calls, load } = doubling();
  const context = sampleContext(callers.platform);
  const loads = [1, 2, 1].map((key) => load(context).load(key));
  expect(await Promise.all(loads)).toEqual([2, 4, 2]);
  expect(calls).toEqual([{ context, keys: [1, 2] }]);
});

test('requests share nothing', async () => {
  const { calls, load } = doubling();
  const [one, two] = [sampleContext(callers.platform), sampleContext(callers.platform)];
  await Promise.all([load(one).load(1), load(two).load(1)]);
  expect(calls.map(({ context }) => context)).toEqual([one, two]);
  expect(load(one)).toBe(load(one));
  expect(load(one)).not.toBe(load(two));
});

test('two definitions of one request are two loaders', async () => {
  const [first, second] = [doubling(), doubling()];
  const context = sampleContext(callers.platform);
  await Promise.all([first.load(context).load(1), second.load(context).load(1)]);
  expect([first.calls.length, second.calls.length]).toEqual([1, 1]);
});

test('a batch holds at most 1,000 keys', async () => {
  const { calls, load } = doubling();
  const keys = Array.from({ length: 1001 }, (_, index) => index);
  await load(sampleContext(callers.platform)).loadMany(keys);
  expect(calls.map((call) => call.keys.length)).toEqual([1000, 1]);
});

test('keys that are objects are told apart by their text', async () => {
  const batches: unknown[] = [];
  const load = defineLoader<{ id: string }, string>(
    (_context, keys) => {
      batches.push(keys);
      return Promise.resolve(keys.map(({ id }) => id));
    },
    ({ id }) => id,
  );
  const loader = load(sampleContext(callers.platform));
  await Promise.all([loader.load({ id: 'a' }), loader.load({ id: 'a' }), loader.load({ id: 'b' })]);
  expect(batches).toEqual([[{ id: 'a' }, { id: 'b' }]]);
});

test('after forgetting, what has been loaded is loaded anew', async () => {
  const { calls, load } = doubling();
  const context = sampleContext(callers.platform);
  await load(context).load(1);
  await load(context).load(1);
  expect(calls).toHaveLength(1);
  forgetLoaded(context);
  await load(context).load(1);
  expect(calls).toHaveLength(2);
});

test('a list loader makes one batch for equal arguments, whatever their order, and one for others', async () => {
  interface Args {
    first: number;
    since?: Date | null;
  }
  const calls: unknown[] = [];
  const load = defineListLoader<Args, string[]>((_context, ids, args) => {
    calls.push([ids, args.first]);
    return Promise.resolve(ids.map((id) => [`${id}:${args.first}`]));
  });
  const context = sampleContext(callers.platform);
  const since = '2026-01-01T00:00:00Z';
  const answers = await Promise.all([
    load(context, { first: 2, since: new Date(since) }).load('a'),
    load(context, { since: new Date(since), first: 2 }).load('b'),
    load(context, { first: 3, since: new Date(since) }).load('a'),
    load(context, { first: 2 }).load('a'),
  ]);
  expect(answers).toEqual([['a:2'], ['b:2'], ['a:3'], ['a:2']]);
  expect(calls).toEqual([
    [['a', 'b'], 2],
    [['a'], 3],
    [['a'], 2],
  ]);
});

test('an error for one key is that key alone', async () => {
  const load = defineLoader<number, number>((_context, keys) =>
    Promise.resolve(keys.map((key) => (key === 1 ? new Error('one') : key))),
  );
  const loader = load(sampleContext(callers.platform));
  const results = await Promise.allSettled([loader.load(1), loader.load(2)]);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
});
