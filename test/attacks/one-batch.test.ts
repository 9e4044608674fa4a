import { randomUUID } from 'node:crypto';
import { idKind } from '../../src/platform/ids';
import { serviceSchemas } from '../../src/server/create-service';
import type { Answer } from '../support/http-service';
import { newKey } from '../support/test-service';
import { withoutRivals } from './rivals';
import { freshText, kindOfId, validArguments } from './samples';
import { inputPlaces, rootFields, withValue, type InputPlace, type RootField } from './schema-walk';
import { someOf } from './some-of';
import { runRoot, startWorld, type Tenant, type World } from './world';

const { publicSchema, sdl } = serviceSchemas();
const mutations = rootFields(publicSchema, sdl).filter(
  ({ operation, scopes }) =>
    operation === 'mutation' && scopes.some((scope) => /^mu:(?!platform|customer$)/.test(scope)),
);

/**
 * Commands of several brands share a transaction, and row-level security then lets it see the rows of
 * all of them: what keeps the brands apart is the statements alone. So here they are made to share one.
 */
let w: World;
let batches: number[];

beforeAll(async () => {
  batches = [];
  const hooks = { report: ({ size }: { size: number }) => void batches.push(size) };
  w = await startWorld({ hooks, limits: { writerLanes: 1, lockMs: 30_000, statementMs: 30_000 } });
});

afterAll(() => w.close());

/** Runs requests so that their commands wait together behind a command that cannot go on. */
async function inOneBatch(requests: (() => Promise<Answer>)[]): Promise<Answer[]> {
  const { database, service } = w.t;
  await database.query('BEGIN');
  await database.query('SELECT FROM brands FOR UPDATE');
  const held = hold();
  while (service.commands.depth < 1) await pause();
  const answers: Promise<Answer>[] = [];
  for (const request of requests) {
    answers.push(request());
    while (service.commands.depth < 1 + answers.length) await pause();
  }
  batches.length = 0;
  await database.query('COMMIT');
  await held;
  return Promise.all(answers);
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1));

/** A command that locks its brand, and so waits. */
function hold(): Promise<Answer> {
  const document = `mutation ($input: RecordMessageInput!) { recordMessage(input: $input) { replayed } }`;
  const input = { externalId: newKey(), channel: 'SMS', idempotencyKey: newKey() };
  return w.t.ask(document, { input }, w.a.key);
}

const named = new Set(['externalId', 'email', 'phone']);

/** Lists of new things, each under a name that the brand gives it. */
const ownNames = new Set(['acquisitions', 'orders', 'spend']);

/** Places that name something which is there: by an id, or a customer by another key. */
const places = mutations.flatMap((root) =>
  inputPlaces(root.field.args)
    .filter(({ typeName, path }) => typeName === 'ID' || isOfCustomer(path))
    .map((place): [string, RootField, InputPlace] => [
      `${root.name}(${place.path.join('.')})`,
      root,
      place,
    ]),
);

function isOfCustomer(path: string[]): boolean {
  const [list, above] = path.slice(-3);
  if (above === '0' && ownNames.has(list ?? '')) return false;
  return named.has(path.at(-1) ?? '') && /^(customer|0)$/.test(above ?? '');
}

function argumentsWith(root: RootField, tenant: Tenant, path: string[], value: string) {
  const { args } = root.field;
  return withValue(args, withoutRivals(args, validArguments(root, tenant), path), path, value);
}

/** What B has in such a place, and what nobody has. */
function valuesFor(
  root: RootField,
  { typeName, path }: InputPlace,
  at: number,
): [theirs: string, nobodys: string][] {
  const name = path.at(-1) ?? '';
  if (typeName !== 'ID') {
    const only = { externalId: 'brand-b only', email: 'brand-b@example.in' }[name];
    const theirs = [only, name === 'email' ? undefined : w.b.customer[name]];
    return theirs.flatMap((one) => (one === undefined ? [] : [[one, freshText(name, typeName)]]));
  }
  const named = path.length > 2 && name === 'id' ? 'cus' : kindOfId(root.name, name);
  const kinds = new Set([named, ...someOf(Object.keys(w.b.ids), 2, at)]);
  return [...kinds]
    .filter((kind) => kind in w.b.ids)
    .map((kind) => [w.b.ids[kind] as string, idKind(kind).encode(randomUUID())]);
}

test.each(places.map((place, at) => [...place, at] as const))(
  '%s finds nothing of a brand whose commands share its transaction (T12)',
  async (_, root, place, at) => {
    const values = valuesFor(root, place, at);
    const alone = await Promise.all(
      values.map(([, nobodys]) =>
        runRoot(w.t, root, argumentsWith(root, w.a, place.path, nobodys), w.a.key),
      ),
    );
    const neighbours = () => runRoot(w.t, root, validArguments(root, w.b), w.b.key);
    const attacks = values.map(
      ([theirs]) =>
        () =>
          runRoot(w.t, root, argumentsWith(root, w.a, place.path, theirs), w.a.key),
    );
    const answers = await inOneBatch([neighbours, ...attacks, neighbours]);
    expect(Math.max(...batches)).toBe(attacks.length + 2);
    expect(answers.slice(1, -1).map(({ text }) => text)).toEqual(alone.map(({ text }) => text));
  },
);
