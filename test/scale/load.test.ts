import 'reflect-metadata';
import { loadBase } from '../../bench/load/base';
import { prove } from '../../bench/load/jobs';
import { onConnection, openService, type Place } from '../../bench/load/place';
import { Steps } from '../../bench/load/steps';

const screen = { write: () => true };
const size = { customers: 150, events: 3000 };
const place: Place = {
  urlOf(database) {
    const url = new URL(process.env['TEST_SERVER_URL'] as string);
    url.pathname = `/${database}`;
    return url.href;
  },
  log: null,
  stop: () => Promise.resolve(),
};

afterAll(() =>
  onConnection(place.urlOf('postgres'), (client) =>
    client.query('DROP DATABASE IF EXISTS load_150_3000 WITH (FORCE)'),
  ),
);

describe('A loaded base', () => {
  it('is what its rows say, by the proofs of the service itself, which find what is not', async () => {
    const loaded = await loadBase(place, size, { bare: false, screen });
    expect(loaded.rows.customers).toBe(150);
    expect(loaded.rows.attention_events).toBe(3000);
    for (const { agree, differ } of Object.values(loaded.proofs)) {
      expect(agree).toBeGreaterThan(0);
      expect(differ).toBe(0);
    }
    expect(Object.keys(loaded.proofs).sort()).toEqual([
      'prove-attention',
      'prove-ledger',
      'prove-purchases',
    ]);
    await onConnection(place.urlOf(loaded.database), (client) =>
      client.query(`
        UPDATE attention_days SET clicks = clicks + 1
        WHERE (customer_id, local_day) IN (SELECT customer_id, local_day FROM attention_days LIMIT 1);
        UPDATE purchase_totals SET orders = orders + 1
        WHERE customer_id IN (SELECT customer_id FROM purchase_totals LIMIT 1);
        DELETE FROM purchase_proofs`),
    );
    const service = await openService(place.urlOf(loaded.database));
    try {
      // The errors that are logged of it are what is expected.
      service.log.level = 'silent';
      const proofs = await prove(service, size.customers, new Steps(screen));
      expect(proofs['prove-attention']?.differ).toBe(1);
      // The customer, and the brand whose sums are not theirs.
      expect(proofs['prove-purchases']?.differ).toBe(2);
    } finally {
      await service.close();
    }
  }, 180_000);
});
