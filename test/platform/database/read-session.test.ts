import { fitStatement } from '../../../src/platform/database/fitted-statement';
import { brandId } from '../../../src/brands';
import { ReadSession } from '../../../src/platform/database/read-session';
import { readConnections } from '../../../src/platform/database/read-connections';
import { WaitingLine } from '../../../src/platform/database/waiting-line';
import type { RowScope } from '../../../src/platform/database/row-scope';
import { startTestService, type TestService } from '../../support/test-service';

const nobody: RowScope = { tenants: [], subject: null, everything: false, directory: false };
const slugs = 'SELECT slug FROM brands WHERE slug = ANY ($1::text[]) ORDER BY slug';

describe('A read session', () => {
  let t: TestService;
  const scopes: RowScope[] = [];
  const all = [['one', 'two']];

  beforeAll(async () => {
    // One connection, so that every session follows another one on it.
    t = await startTestService({ jobs: false, limits: { readConnections: 1 } });
    for (const slug of ['one', 'two']) {
      const { id } = await t.createBrand(slug);
      scopes.push({ ...nobody, tenants: [brandId.decode(id) as string] });
    }
  });
  afterAll(() => t.close());

  const reading = async <T>(scope: RowScope, work: (reads: ReadSession) => Promise<T>) => {
    const reads = t.service.database.reads(scope);
    try {
      return await work(reads);
    } finally {
      await reads.close();
    }
  };

  it('answers statements that are asked together in their order, each its own rows', async () => {
    const answers = await reading(nobody, (reads) =>
      Promise.all(
        [3, 1, 2].map((n) => reads.query('SELECT generate_series(1, $1::int) AS n', [n])),
      ),
    );
    expect(answers.map((rows) => rows.length)).toEqual([3, 1, 2]);
  });

  it('sees the rows of its own scope and no others, whoever had the connection before', async () => {
    const seen = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        reading([...scopes, nobody][at % 3] as RowScope, (reads) =>
          Promise.all([reads.query(slugs, all), reads.query(slugs, all)]),
        ),
      ),
    );
    const expected = [[{ slug: 'one' }], [{ slug: 'two' }], []];
    seen.forEach((answers, at) => {
      expect(answers).toEqual([expected[at % 3], expected[at % 3]]);
    });
  });

  it('stays in its own scope when its first statement cannot be written, whoever had the connection before', async () => {
    const unwritable = {
      toPostgres() {
        throw new Error('not to be written');
      },
    };
    const [, seen] = await Promise.all([
      reading(scopes[0] as RowScope, (reads) => reads.query(slugs, all)),
      reading(scopes[1] as RowScope, async (reads) => {
        await expect(reads.query('SELECT $1::text', [unwritable])).rejects.toThrow();
        return reads.query(slugs, all);
      }),
    ]);
    expect(seen).toEqual([{ slug: 'two' }]);
  });

  it('answers nothing where its transaction did not begin, rather than no rows', async () => {
    const { dataSource, settings } = t.service.database;
    const connections = readConnections(dataSource, new WaitingLine(), settings.limits);
    const reads = new ReadSession(connections, {
      message: 'BEGIN TOGETHER',
      statements: [{ text: 'BEGIN TOGETHER', values: [] }],
    });
    await expect(reads.query(slugs, all)).rejects.toMatchObject({ code: '42601' });
    await reads.close();
  });

  it('tells why the first statement failed to those behind it, and harms nobody after it', async () => {
    const [scope] = scopes as [RowScope];
    const settled = await reading(scope, (reads) =>
      Promise.allSettled([
        reads.query(slugs, all),
        reads.query('SELECT 1 / $1::int', [0]),
        reads.query(slugs, all),
      ]),
    );
    const codes = settled.map((one) => (one.status === 'rejected' ? one.reason.code : one.value));
    expect(codes).toEqual([[{ slug: 'one' }], '22012', '22012']);
    expect(await reading(scope, (reads) => reads.query(slugs, all))).toEqual([{ slug: 'one' }]);
  });

  it('prepares anew what stood behind a statement that failed', async () => {
    const [scope] = scopes as [RowScope];
    const text = 'SELECT slug, 1 AS never_asked_before FROM brands WHERE slug = ANY ($1::text[])';
    const first = await reading(scope, (reads) =>
      Promise.allSettled([
        reads.query('SELECT no_such_column, $1::int', [1]),
        reads.query(text, all),
      ]),
    );
    expect(first.map((one) => one.status === 'rejected' && one.reason.code)).toEqual([
      '42703',
      '42703',
    ]);
    for (let time = 0; time < 2; time += 1) {
      const rows = await reading(scope, (reads) =>
        Promise.all([reads.query(text, all), reads.query(text, all)]),
      );
      expect(rows.flat()).toEqual(Array(2).fill({ slug: 'one', never_asked_before: 1 }));
    }
  });

  it('refuses a number that JavaScript would round, and answers what stood beside it', async () => {
    const settled = await reading(nobody, (reads) =>
      Promise.allSettled(
        ['9007199254740993', '9007199254740991'].map((n) =>
          reads.query('SELECT $1::bigint AS n', [n]),
        ),
      ),
    );
    expect(settled).toEqual([
      {
        status: 'rejected',
        reason: expect.objectContaining({ message: expect.stringMatching(/exact range/) }),
      },
      { status: 'fulfilled', value: [{ n: Number.MAX_SAFE_INTEGER }] },
    ]);
  });

  it('reads instants to the millisecond, whatever way they are written', async () => {
    const written: [text: string, instant: unknown][] = [
      ['2026-11-22 10:11:12+00', new Date('2026-11-22T10:11:12Z')],
      ['2026-11-22 15:41:12.1+05:30', new Date('2026-11-22T10:11:12.100Z')],
      ['2026-11-22 10:11:12.999999+00', new Date('2026-11-22T10:11:12.999Z')],
      ['0044-03-15 12:00:00+00 BC', new Date('-000043-03-15T12:00:00Z')],
      ['0044-03-15 12:00:00+00', new Date('0044-03-15T12:00:00Z')],
      ['12026-01-02 03:04:05+00', new Date('+012026-01-02T03:04:05Z')],
      ['infinity', Infinity],
    ];
    const rows = await reading(nobody, (reads) =>
      Promise.all(
        written.map(([text]) => reads.query('SELECT $1::text::timestamptz AS at', [text])),
      ),
    );
    expect(rows.flat()).toEqual(written.map(([, at]) => ({ at })));
  });

  it('is of one moment until it is refreshed', async () => {
    const count = 'SELECT count(*)::int AS n FROM brands WHERE slug = $1';
    await reading({ ...nobody, everything: true }, async (reads) => {
      expect(await reads.query(count, ['three'])).toEqual([{ n: 0 }]);
      await t.createBrand('three');
      expect(await reads.query(count, ['three'])).toEqual([{ n: 0 }]);
      await Promise.all([reads.refresh(), reads.refresh()]);
      expect(await reads.query(count, ['three'])).toEqual([{ n: 1 }]);
    });
    await expect(
      reading(nobody, async (reads) => {
        await reads.close();
        await reads.query(count, ['three']);
      }),
    ).rejects.toThrow('closed');
  });

  it('gives whoever waits for the connection a moment of their own', async () => {
    const count = 'SELECT count(*)::int AS n FROM brands WHERE slug = $1';
    const everywhere = { ...nobody, everything: true };
    const first = t.service.database.reads(everywhere);
    expect(await first.query(count, ['four'])).toEqual([{ n: 0 }]);
    const waiting = [1, 2].map(() => reading(everywhere, (reads) => reads.query(count, ['four'])));
    await t.createBrand('four');
    expect(await first.query(count, ['four'])).toEqual([{ n: 0 }]);
    await first.close();
    expect(await Promise.all(waiting)).toEqual([[{ n: 1 }], [{ n: 1 }]]);
  });

  it('gives whoever waits a connection that answers, though the one before failed on it', async () => {
    const [scope] = scopes as [RowScope];
    const asked = Array.from({ length: 9 }, (_, at) =>
      reading(scope, (reads) =>
        at % 3 === 0 ? reads.query('SELECT 1 / $1::int', [0]) : reads.query(slugs, all),
      ),
    );
    const settled = await Promise.allSettled(asked);
    settled.forEach((one, at) => {
      const expected = at % 3 === 0 ? '22012' : [{ slug: 'one' }];
      expect(one.status === 'rejected' ? one.reason.code : one.value).toEqual(expected);
    });
  });

  it('refuses whoever has waited for a connection as long as the limit says, and serves the next', async () => {
    const { dataSource, settings } = t.service.database;
    const limits = { ...settings.limits, poolWaitMs: 50 };
    const connections = readConnections(dataSource, new WaitingLine(), limits);
    const { client } = await connections.lend(false);
    await expect(connections.lend(false)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    const next = connections.lend(false);
    connections.giveBack(client, true);
    expect(await next).toEqual({ client, unended: true });
    connections.giveBack(client, false);
    expect(await reading(nobody, (reads) => reads.query(slugs, all))).toEqual([]);
  });

  it('answers the same for one key and for several, with filters and without', async () => {
    const text = `
      SELECT k.slug, b.name, k.place::int AS place FROM unnest($1::text[]) WITH ORDINALITY AS k(slug, place)
      JOIN brands b ON b.slug = k.slug
      WHERE ($2::text IS NULL OR b.slug = $2 AND b.slug <> 'zero') AND b.slug = ANY ($3::text[])
        AND (CASE WHEN $4::text IS NOT NULL THEN b.slug = $4 ELSE true END)
      ORDER BY b.slug`;
    const lists = [['one'], ['one', 'two'], ['two', 'none'], []];
    const filters = [null, 'one', 'none'];
    await reading({ ...nobody, everything: true }, async (reads) => {
      for (const keys of lists) {
        for (const some of [...lists, ['zero']]) {
          for (const [filter, other] of filters.flatMap((a) => filters.map((b) => [a, b]))) {
            const rows = await reads.query<{ slug: string }>(text, [keys, filter, some, other]);
            const expected = keys
              .filter((slug) => slug !== 'none' && some.includes(slug))
              .filter((slug) => (filter ?? slug) === slug && (other ?? slug) === slug);
            expect(rows.map(({ slug }) => slug)).toEqual(expected);
          }
        }
      }
    });
  });

  it('says to PostgreSQL that there is one key, and that a filter is not given', () => {
    const text = `SELECT b.name FROM unnest($1::text[]) AS k(slug)
      JOIN brands b ON b.slug = k.slug WHERE ($2::text IS NULL OR b.currency = $2) AND b.id = ANY ($3::uuid[])`;
    const one = fitStatement(text, [['a'], null, ['b']]);
    expect(one).not.toMatch(/unnest|ANY/);
    expect(one).toMatch(/IS NULL OR true OR/);
    const several = fitStatement(text, [['a', 'b'], 'INR', []]);
    expect(several).toMatch(/unnest[\s\S]*= ANY/);
    expect(several).toMatch(/false AND \$2::text IS NULL OR/);
  });
});
