import { serviceSchemas } from '../../src/server/create-service';
import type { Answer } from '../support/http-service';
import { freshText, validArguments } from './samples';
import { inputPlaces, rootFields, withValue, type InputPlace, type RootField } from './schema-walk';
import { someOf } from './some-of';
import { runRoot, settlingMs, startWorld, typeId, type World } from './world';

const { publicSchema, sdl } = serviceSchemas();
const roots = rootFields(publicSchema, sdl).filter(({ scopes }) =>
  scopes.some((scope) => scope !== 'mu:platform' && scope !== 'mu:customer'),
);

let w: World;
beforeAll(async () => (w = await startWorld()), settlingMs);
afterAll(() => w.close());

const textTypes = new Set(['String', 'EmailAddress', 'PhoneNumber']);
/** Cursors and idempotency keys have tests of their own; money, days and times of day are text but no names. */
const noNames = new Set([
  'after',
  'idempotencyKey',
  'amount',
  'dailySlot',
  'firstDay',
  'lastDay',
  'day',
]);

/** Mutations that name the same things: what one has named is no new name to the other. */
const twins: Record<string, string> = {
  recordSpend: 'spend',
  recordSpendBatch: 'spend',
  recordAcquisition: 'acquisition',
  recordAcquisitionBatch: 'acquisition',
  recordOrder: 'order',
  recordOrderBatch: 'order',
  recordPurchase: 'order',
};
const named = new Set<string>();

const naming = new Set(['createMagnet', 'createQrCode', 'identifyCustomer']);

const rankOf = ({ name }: RootField) => (naming.has(name) ? 2 : Number(name in twins));

/** What is done once to the one thing there is: done before the first answer that counts. */
const once = new Set(['reverseTransfer']);

/** Mutations that tie a name to a new thing of the caller come last: they change who is known. */
const places = roots
  .flatMap((root) =>
    inputPlaces(root.field.args)
      .filter(({ typeName, path }) => textTypes.has(typeName) && !noNames.has(path.at(-1) ?? ''))
      .map((place): [string, RootField, InputPlace] => [
        `${root.name}(${place.path.join('.')})`,
        root,
        place,
      ]),
  )
  .sort(([, a], [, b]) => rankOf(a) - rankOf(b))
  .map((place, at) => [...place, at] as const);

/** What a name does not decide: ids, moments, secrets, and how far the caller's own counters are. */
function masked(answer: Answer, ...sent: string[]): string {
  const counters =
    /"(number|version|balance|balanceAfter|held|budget|reserved|lifetimeEarned|position)":\d+/g;
  const known = answer.text.replace(/fresh-\d+(@example.in)?|\+919820\d{6}/g, '<fresh>');
  const text = sent.reduce((all, one) => all.replaceAll(one, '<fresh>'), known);
  return text
    .replace(typeId, '<id>')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<moment>')
    .replace(/"(secret|token|commitment)":"[^"]+"/g, '"$1":"<secret>"')
    .replace(/"code":"\d{6}"/g, '"code":"<secret>"')
    .replace(counters, '"$1":<counter>');
}

/** What both brands call the person they both know. */
const shared = 'shared@example.in';

/** What B calls things, as far as it fits into a field of this name and type. */
function namesOfB({ path, typeName }: InputPlace): string[] {
  const name = path.at(-1) ?? '';
  const byType = { EmailAddress: 'email', PhoneNumber: 'phone' }[typeName];
  return [...(w.b.names.get(byType ?? name) ?? [])].filter((one) => one !== shared);
}

test.each(places)(
  '%s answers to a name of another brand as to a new one (T7)',
  async (_, root, place, at) => {
    const { args } = root.field;
    const name = place.path.at(-1) ?? '';
    const ask = async (value: string) => {
      const given = withValue(args, validArguments(root, w.a), place.path, value);
      return masked(await runRoot(w.t, root, given, w.a.key), value);
    };
    if (once.has(root.name)) await ask(freshText(name, place.typeName));
    const fresh = await ask(freshText(name, place.typeName));
    for (const value of someOf(namesOfB(place), 2, at)) {
      const own = `${twins[root.name] ?? root.name} ${name} ${value}`;
      if (root.name in twins && named.has(own)) continue;
      named.add(own);
      expect([value, await ask(value)]).toEqual([value, fresh]);
    }
  },
);

test('there are names to try in every place that B has filled (T7)', () => {
  const tried = places.filter(([, , place]) => namesOfB(place).length > 0);
  expect(tried.length).toBeGreaterThan(20);
});

test('a key of another brand is a new key (T7)', async () => {
  const keys = [...(w.b.names.get('idempotencyKey') ?? [])];
  const mutations = roots.filter(({ operation }) => operation === 'mutation');
  for (const root of mutations) {
    const { args } = root.field;
    const path = inputPlaces(args).find((place) => place.path.at(-1) === 'idempotencyKey')?.path;
    const key = keys.shift();
    if (path === undefined || key === undefined) break;
    const given = withValue(args, validArguments(root, w.a), path, key);
    const answer = await runRoot(w.t, root, given, w.a.key);
    expect(answer.text).toContain('"replayed":false');
    expect(answer.text).not.toContain('IDEMPOTENCY_KEY_REUSED');
  }
  expect(keys.length).toBeLessThan((w.b.names.get('idempotencyKey')?.size ?? 0) - 5);
});
