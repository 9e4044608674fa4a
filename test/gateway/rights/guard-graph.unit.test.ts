import { parse, print, validate, type ExecutionResult } from 'graphql';
import { guardGraph } from '../../../src/gateway/rights/guard-graph';
import { Rights } from '../../../src/gateway/rights/rights';
import type { Caller } from '../../../src/platform/auth/caller';
import {
  anonymous,
  barn,
  barnRights,
  barnRoot,
  brand,
  customer,
  RecordingGraph,
  request,
  run,
} from './barn';
import { reached } from './reach';

const inner = new RecordingGraph(barn.schema, barnRoot);
const graph = guardGraph(inner, barnRights);

async function ask(source: string, caller: Caller, variables?: Record<string, unknown>) {
  expect(validate(barn.schema, parse(source))).toEqual([]);
  inner.requests.length = 0;
  const result = await run(graph, request(source, caller, { variables }));
  return plain(result);
}

function plain(result: ExecutionResult) {
  const errors = result.errors?.map(({ path, originalError }) => [
    path?.join('.'),
    (originalError as { code?: string } | undefined)?.code,
  ]);
  return { data: JSON.parse(JSON.stringify(result.data ?? null)), errors };
}

const sent = () => print(inner.requests[0]!.document).replace(/\s+/g, ' ').trim();

describe('A guarded graph', () => {
  it('hands an operation on as it came when its caller may see all of it', async () => {
    const asked = request('{ cow { id } }', brand());
    inner.requests.length = 0;
    await run(graph, asked);
    expect(inner.requests).toEqual([asked]);
    expect(inner.requests[0]).toBe(asked);
  });

  it('asks for no refused field and answers null and a code in its place, in the order asked', async () => {
    const answer = await ask(
      '{ keeper { name boss { wage } name2: name } cow { price id } }',
      brand(),
    );
    expect(sent()).toBe('{ keeper { name boss { typeHere: __typename } name2: name } cow { id } }');
    expect(answer.data).toEqual({
      keeper: { name: 'Ann', boss: null, name2: 'Ann' },
      cow: { price: null, id: 'c' },
    });
    expect(Object.keys(answer.data.cow)).toEqual(['price', 'id']);
    expect(answer.errors).toEqual([
      ['keeper.boss.wage', 'FORBIDDEN'],
      ['cow.price', 'FORBIDDEN'],
    ]);
  });

  it('lets null rise from a field that promised a value as far as GraphQL says', async () => {
    const answer = await ask('{ stable { best { weight } keeper { name } } cow { id } }', brand());
    expect(answer).toEqual({ data: null, errors: [['stable.best.weight', 'FORBIDDEN']] });
    const lists = await ask('{ farms { all { id weight } } animals { id weight } }', brand());
    expect(lists.data).toEqual({
      farms: [null, null, null],
      animals: [null, { id: 'p', weight: 90 }, null, null],
    });
    expect(lists.errors).toEqual([
      ['farms.0.all.0.weight', 'FORBIDDEN'],
      ['farms.2.all.0.weight', 'FORBIDDEN'],
      ['animals.0.weight', 'FORBIDDEN'],
      ['animals.2', 'FORBIDDEN'],
    ]);
  });

  it('tells strangers to sign in and others that they may not', async () => {
    const source = '{ animals { ... on Pig { id name } } }';
    const stranger = await ask(source, anonymous);
    expect(stranger.data.animals[1]).toEqual({ id: 'p', name: null });
    expect(stranger.errors).toEqual([
      ['animals.1.name', 'UNAUTHENTICATED'],
      ['animals.2', 'UNAUTHENTICATED'],
    ]);
    const known = await ask(source, customer);
    expect(known.data.animals[1]).toEqual({ id: 'p', name: 'Ham' });
    expect(known.errors).toEqual([['animals.2', 'FORBIDDEN']]);
  });

  it('refuses the whole request for a root field that is not its caller’s, hidden or skipped', async () => {
    for (const source of [
      '{ cow { id } staff { name } }',
      '{ ... { ...F } } fragment F on Query { x: staff { name } }',
      '{ staff @skip(if: true) { name } cow { id } }',
      '{ fox { id } }',
      '{ colour }',
      '{ wild { __typename } }',
    ]) {
      for (const [caller, code] of [
        [anonymous, 'UNAUTHENTICATED'],
        [brand(), 'FORBIDDEN'],
      ] as const) {
        await expect(ask(source, caller)).rejects.toMatchObject({ code });
        expect(inner.requests).toEqual([]);
      }
    }
    expect(
      (await ask('{ staff { wage } colour fox { id } }', brand('staff', 'paint', 'forest'))).errors,
    ).toBeUndefined();
  });

  it('answers the chosen operation of several, whatever the others ask', async () => {
    const source = 'query A { staff { name } } query B { cow { price } }';
    inner.requests.length = 0;
    const one = request(source, brand(), { operationName: 'B' });
    expect(plain(await run(graph, one)).data).toEqual({ cow: { price: null } });
    expect(sent()).toBe('query B { cow { typeHere: __typename } }');
    expect(inner.requests[0]!.source).toBe(print(inner.requests[0]!.document));
    const other = { ...one, operationName: 'A' };
    await expect(run(graph, other)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('leaves out what only refused parts used: fragments and variables', async () => {
    const source = `query ($unit: String, $yes: Boolean!) {
      cow { weight(unit: $unit) ...Money @include(if: $yes) ...Rest }
    }
    fragment Money on Cow { price }
    fragment Rest on Cow { milk }`;
    await ask(source, brand(), { unit: 'kg', yes: true });
    expect(sent()).toBe('{ cow { ...Rest } } fragment Rest on Cow { milk }');
  });

  it('says nothing of a refused field that was skipped', async () => {
    const source = `query ($no: Boolean = false) {
      cow { id price @include(if: $no) ...P @include(if: $no) ... @skip(if: true) { weight } }
    } fragment P on Cow { p: price }`;
    expect(await ask(source, brand())).toEqual({ data: { cow: { id: 'c' } }, errors: undefined });
    const asked = await ask(source, brand(), { no: true });
    expect(asked.data).toEqual({ cow: { id: 'c', price: null, p: null } });
    expect(asked.errors).toHaveLength(2);
  });

  it('refuses variables that do not fit as if nothing had been taken out', async () => {
    inner.requests.length = 0;
    const source =
      'query ($unit: Int!) { cow { weight(unit: "x") @include(if: true) friends { id } } }';
    const result = await run(graph, request(source, brand(), { variables: { unit: 'many' } }));
    expect(result.data).toBeUndefined();
    expect(result.errors?.[0]?.message).toMatch(/\$unit/);
    expect(inner.requests).toEqual([]);
  });

  it('runs a mutation even if nothing of its payload is open', async () => {
    const answer = await ask('mutation { feed(times: 2) { secretCount } }', brand());
    expect(sent()).toBe('mutation { feed(times: 2) { typeHere: __typename } }');
    expect(answer.data).toEqual({ feed: { secretCount: null } });
  });

  it('keeps the errors of the graph and puts its own behind them', async () => {
    const broken = { ...barnRoot, cow: { ...(barnRoot['cow'] as object), milk: null } };
    const guarded = guardGraph(new RecordingGraph(barn.schema, broken), barnRights);
    const result = await guarded.execute(
      request('{ keeper { wage } cow { milk price } }', brand()),
    );
    expect(plain(result)).toEqual({
      data: { keeper: null, cow: null },
      errors: [
        ['cow.milk', undefined],
        ['keeper.wage', 'FORBIDDEN'],
      ],
    });
  });

  it('leaves introspection alone', async () => {
    const answer = await ask('{ __typename __type(name: "Cow") { name } cow { price } }', brand());
    expect(answer.data).toEqual({
      __typename: 'Query',
      __type: { name: 'Cow' },
      cow: { price: null },
    });
  });

  it('refuses what would be too much to write down for each type', async () => {
    // Friends of pigs are refused: each level is written for cows and for foxes.
    const levels = (count: number): string =>
      count === 0 ? 'id' : `friends { ${levels(count - 1)} }`;
    expect((await ask(`{ herd { ${levels(9)} } }`, brand('forest'))).data.herd).toHaveLength(2);
    await expect(ask(`{ herd { ${levels(13)} } }`, brand('forest'))).rejects.toMatchObject({
      code: 'OPERATION_TOO_COMPLEX',
    });
    expect(
      (await ask(`{ herd { ${levels(13)} } }`, brand('vet', 'forest'))).errors,
    ).toBeUndefined();
  });
});

describe('Of an interface or a union', () => {
  it('each concrete type is asked, and what is open on some is asked of them alone (G7)', async () => {
    const answer = await ask('{ animals { id n: name weight(unit: "kg") } }', brand('forest'));
    expect(sent()).toBe(
      '{ animals { typeHere: __typename id n: name ... on Pig { weight(unit: "kg") } ... on Fox { weight(unit: "kg") } } }',
    );
    expect(answer.data.animals).toEqual([
      null,
      { id: 'p', n: 'Ham', weight: 90 },
      { id: 'f', n: 'Rey', weight: 6 },
      null,
    ]);
    expect(answer.errors).toEqual([['animals.0.weight', 'FORBIDDEN']]);
  });

  it('no detour leads to a guarded field of a concrete type (G7)', async () => {
    const detours = [
      '{ animals { ... on Owned { price } } }',
      '{ animals { ... on Cow { ... on Owned { price } } } }',
      '{ animals { ... on Animal { ... on Owned { ... on Cow { price } } } } }',
      '{ animals { ...A } } fragment A on Animal { ...O } fragment O on Owned { price }',
      '{ mixed { ... on Owned { ... on Animal { ... on Owned { price } } } } }',
      '{ keeper { animals { friend { friend { ... on Owned { price } } } } } }',
      '{ herd { typeHere: id ... on Owned { price } } }',
      '{ herd { price: name ... on Owned { typeHere: price } } }',
    ];
    for (const source of detours) {
      const { data } = await ask(source, brand());
      expect(JSON.stringify(data)).not.toContain('9,');
      expect(JSON.stringify(data)).not.toContain(':9}');
      expect(reached(barn.schema, inner.requests[0]!.document)).not.toContain('Cow.price');
      expect(validate(barn.schema, inner.requests[0]!.document)).toEqual([]);
    }
  });

  it('objects of a hidden type are null, whatever was asked of them', async () => {
    for (const selection of ['__typename', '__typename ... on Fox { den }', '... on Cow { id }']) {
      const { data, errors } = await ask(`{ mixed { ${selection} } }`, brand());
      expect(data.mixed[1]).toBeNull();
      expect(data.mixed[0]).not.toBeNull();
      expect(errors).toEqual([['mixed.1', 'FORBIDDEN']]);
      expect(sent()).not.toContain('den');
    }
    const seen = await ask('{ mixed { __typename ... on Fox { den } } }', brand('forest'));
    expect(seen.data.mixed[1]).toEqual({ __typename: 'Fox', den: 'hill' });
  });
});

describe('A guarded subscription', () => {
  const source = 'subscription { fed { count secretCount animal { id } } }';

  it('is refused as a whole when its root field is', async () => {
    const guarded = guardGraph(
      inner,
      new Rights(new Map([['Fed', barnRights.ofType('Fox')!]]), new Map()),
    );
    const asked = request('subscription { fed { count } }', brand());
    await expect(guarded.listen(asked)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(guarded.update(asked, {})).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('is listened to without what is refused, and each event is judged anew', async () => {
    inner.requests.length = 0;
    const events = await graph.listen(request(source, brand()));
    expect(sent()).not.toContain('secretCount');
    const asked: [Caller, unknown][] = [
      [brand(), { fed: { count: 2, secretCount: null, animal: null } }],
      [brand('count', 'forest'), { fed: { count: 2, secretCount: 3, animal: { id: 'f' } } }],
    ];
    for await (const event of events as AsyncIterable<unknown>) {
      const [caller, data] = asked.shift()!;
      expect(plain(await graph.update(request(source, caller), event)).data).toEqual(data);
    }
    expect(asked).toEqual([]);
  });
});
