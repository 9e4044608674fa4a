import { cleanUp } from '../support/afterwards';
import { assertBooks } from '../support/invariants';
import { PrivatePostgres } from '../support/private-postgres';
import { eventually, SpawnedService } from '../support/spawned-service';
import { fundBrand } from './brands';
import { Storm } from './storm';

afterEach(cleanUp);

describe('a service whose database is restored from a backup', () => {
  it('has books that balance and all it had acknowledged by then, and does once what clients ask again (F25)', async () => {
    const cluster = await PrivatePostgres.start({ settings: { wal_keep_size: '1GB' } });
    const server = new SpawnedService({ DATABASE_URL: cluster.url() });
    const storm = new Storm({ brands: [await fundBrand(server), await fundBrand(server)] });
    storm.aim(server.ready());
    storm.start();
    await eventually(() => storm.answered.length > 40);
    let kept = 0;
    const restore = await cluster.backUp(async () => {
      const goal = storm.answered.length + 40;
      await eventually(() => storm.answered.length >= goal);
      kept = storm.answered.length;
    });
    await eventually(() => storm.answered.length > kept + 40);
    await storm.stop();
    const acknowledged = storm.answered.length;
    await server.kill('SIGTERM');

    const copy = await restore();
    await assertBooks(copy);
    // What came after the backup is not there; everything from before it is.
    const [rows] = await copy.query<{ keys: number }>(
      `SELECT count(*)::int AS keys FROM idempotency_keys WHERE key LIKE 'storm-%'`,
    );
    expect(rows!.keys).toBeGreaterThanOrEqual(kept);
    expect(rows!.keys).toBeLessThan(acknowledged);
    const again = new SpawnedService({ DATABASE_URL: copy.url() });
    storm.aim(again.ready());
    await storm.askAllAgain();
    expect(await storm.findFlaws(copy)).toEqual([]);
    await assertBooks(copy);
  });
});
