import { startTestService, type TestService } from '../../support/test-service';

let t: TestService;

beforeAll(async () => {
  t = await startTestService();
  await t.database.query(
    'CREATE TABLE scribbles (word text); GRANT SELECT, INSERT ON scribbles TO atomic_rewards_app',
  );
});

afterAll(() => t.close());

const scribble = `INSERT INTO scribbles (word) VALUES ($1)`;

async function scribbles(): Promise<string[]> {
  const rows = await t.database.query<{ word: string }>('SELECT word FROM scribbles ORDER BY word');
  return rows.map(({ word }) => word);
}

describe('statements of a transaction that are sent together', () => {
  it('are executed in the order they were sent', async () => {
    const { database, clock } = t.service;
    const counts = await database.transact(clock, (tx) =>
      Promise.all([
        tx.query(scribble, ['b']),
        tx.query<{ count: number }>('SELECT count(*)::integer AS count FROM scribbles'),
        tx.query(scribble, ['a']),
      ]),
    );
    expect(counts[1]).toEqual([{ count: 1 }]);
    expect(await scribbles()).toEqual(['a', 'b']);
  });

  it('are undone together when one fails, and what would have followed another is not sent', async () => {
    const { database, clock } = t.service;
    let late: Promise<unknown> | undefined;
    const work = database.transact(clock, (tx) => {
      late = tx
        .query(scribble, ['c'])
        .then(() => new Promise((resolve) => setTimeout(resolve, 100)))
        .then(() => tx.query(scribble, ['d']));
      late.catch(() => undefined);
      return Promise.all([tx.query('SELECT 1 / $1::integer', [0]), late]).then(() => undefined);
    });
    await expect(work).rejects.toMatchObject({ code: '22012' });
    await expect(late).rejects.toThrow();
    expect(await scribbles()).toEqual(['a', 'b']);
  });

  it('cannot be joined by one that comes when the transaction has ended', async () => {
    const { database, clock } = t.service;
    const kept = await database.transact(clock, (tx) => Promise.resolve({ tx }));
    await expect(kept.tx.query(scribble, ['e'])).rejects.toThrow('the transaction is over');
    expect(await scribbles()).toEqual(['a', 'b']);
  });
});
