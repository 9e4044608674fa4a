import fc from 'fast-check';
import { serviceSchemas } from '../../src/server/create-service';
import type { Answer, Door } from '../support/http-service';
import { seeded } from '../support/seeded';
import { nastyValue, rawJson } from './nasty';
import { randomOperation } from './random-operation';
import { validArguments } from './samples';
import { inputPlaces, operationOf, rootFields, withValue, type RootField } from './schema-walk';
import { StatementCount, statementBudget, type Statements } from './statement-budget';
import { bearerFor, settlingMs, startWorld, type World } from './world';

const { publicSchema, sdl } = serviceSchemas();
const roots = rootFields(publicSchema, sdl);

const count = new StatementCount();
let w: World;
beforeAll(async () => {
  w = await startWorld({ hooks: count.hooks });
  count.watch(w.t);
}, settlingMs);
afterAll(() => w.close());

/** No answer is our fault, whatever was asked. */
function expectNoFault(answer: Answer, asked: unknown): void {
  const isFault =
    answer.status >= 500 || answer.codes.some((code) => /INTERNAL|UNAVAIL/.test(code));
  if (isFault) throw new Error(`${answer.text}\n${JSON.stringify(asked)}`);
}

/** What an operation took is within what its fields may take. */
function expectWithin(budget: Statements, taken: Statements, asked: unknown): void {
  if (taken.reads > budget.reads || taken.writes > budget.writes) {
    throw new Error(JSON.stringify({ taken, budget, asked }));
  }
}

const taking = roots.filter(({ field }) => inputPlaces(field.args).length > 0);

test.each(taking.map((root): [string, RootField] => [root.name, root]))(
  '%s never fails, whatever is put into it (V3, V4, V5, V6, V9, V11, V12, V13, V14, d9)',
  async (_, root) => {
    const places = inputPlaces(root.field.args);
    const change = fc
      .constantFrom(...places)
      .chain((place) => nastyValue(place.type).map((value) => ({ path: place.path, value })));
    const changes = fc.array(change, { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(changes, async (all) => {
        const args = all.reduce(
          (made, { path, value }) => withValue(root.field.args, made, path, value),
          validArguments(root, w.a),
        );
        const document = operationOf(publicSchema, root, args, 2);
        const headers = { authorization: `Bearer ${bearerFor(w, root)}` };
        const body = rawJson({ query: document, variables: args });
        expectNoFault(await w.t.post('/graphql', body, headers), args);
      }),
      seeded(5),
    );
  },
);

/** Operations drawn from the schema are mostly run, so that it is not their refusal that is tested. */
test('no operation of the schema fails or takes more statements than its fields, whoever runs it (P18, P20, d10)', async () => {
  const callers = [
    { bearer: w.a.key, has: /^mu:(?!platform|customer$)/ },
    { bearer: w.token, has: /^mu:customer$/ },
    { bearer: w.t.platformKey, has: /^mu:platform$/ },
    { bearer: undefined, has: /^nothing$/ },
  ];
  const operation = fc.gen().map((pick) => {
    const { bearer, has } = callers[
      pick(fc.constantFrom, 0, 0, 0, 1, 1, 2, 3)
    ] as (typeof callers)[0];
    const may = (name: string): boolean =>
      roots.some((root) => root.name === name && root.scopes.some((scope) => has.test(scope)));
    const door = pick(fc.constantFrom<Door[]>, '/graphql', '/subgraph');
    return { ...randomOperation(publicSchema, w.a, pick, may), bearer, door };
  });
  const statuses: number[] = [];
  await fc.assert(
    fc.asyncProperty(operation, async ({ document, variables, bearer, door }) => {
      count.take();
      const answer = await w.t.ask(document, variables, bearer, { door });
      expectNoFault(answer, { document, variables });
      expectWithin(statementBudget(publicSchema, document), count.take(), { document, variables });
      expect(answer.codes).not.toContain('GRAPHQL_PARSE_FAILED');
      expect(answer.codes).not.toContain('GRAPHQL_VALIDATION_FAILED');
      statuses.push(answer.status);
    }),
    seeded(200),
  );
  expect(statuses.filter((status) => status === 200).length).toBeGreaterThan(statuses.length / 3);
});
test('bytes that are no request are the mistake of whoever sent them (V4)', async () => {
  const body = JSON.stringify({ query: '{ brand { id } }', variables: { a: 1 } });
  const spoiled = fc
    .tuple(fc.nat(body.length), fc.nat(8), fc.uint8Array({ maxLength: 8 }))
    .map(([at, cut, put]) =>
      Buffer.concat([Buffer.from(body.slice(0, at)), put, Buffer.from(body.slice(at + cut))]),
    );
  const bytes = fc.oneof(
    spoiled,
    fc.uint8Array({ maxLength: 200 }).map((all) => Buffer.from(all)),
  );
  await fc.assert(
    fc.asyncProperty(bytes, async (sent) => {
      const headers = { authorization: `Bearer ${w.a.key}` };
      const answer = await w.t.post('/graphql', sent, headers);
      expectNoFault(answer, sent.toString('latin1'));
      expect(answer.headers.get('content-type')).toContain('json');
    }),
    seeded(80),
  );
});

test('no fuzzing has left a key without an answer (L5)', async () => {
  const rows = await w.t.database.query('SELECT key FROM idempotency_keys WHERE answer IS NULL');
  expect(rows).toEqual([]);
});
