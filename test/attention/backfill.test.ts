import { Client } from 'pg';
import { uuidv7 } from 'uuidv7';
import { migrations } from '../../migrations';
import { migrate } from '../../src/platform/database/migrate';
import { createLog } from '../../src/platform/log';

const log = createLog('silent');
const serverUrl = process.env['TEST_SERVER_URL'] as string;
const name = `ar_backfill_${process.pid}`;
let url: string;
let owner: Client;

beforeAll(async () => {
  await asAdmin(`CREATE DATABASE ${name}`);
  const scratch = new URL(serverUrl);
  scratch.pathname = `/${name}`;
  url = scratch.href;
  owner = new Client({ connectionString: url });
  await owner.connect();
});

afterAll(async () => {
  await owner.end();
  await asAdmin(`DROP DATABASE ${name} WITH (FORCE)`);
});

async function asAdmin(statement: string): Promise<void> {
  const admin = new Client({ connectionString: serverUrl });
  await admin.connect();
  await admin.query(statement);
  await admin.end();
}

/** Everything before attention was kept. */
const until = migrations.filter(
  (migration) => Number(/\d{13}$/.exec(migration.name)?.[0]) < 1763700000027,
);

const [brand, asha, ravi] = [uuidv7(), uuidv7(), uuidv7()];

/** A brand in Kolkata with two customers, one of whom lives in Los Angeles. */
async function populate(): Promise<void> {
  await owner.query(
    `INSERT INTO brands (id, slug, name, timezone, currency, created_at)
     VALUES ($1, 'old', 'Old', 'Asia/Kolkata', 'INR', now())`,
    [brand],
  );
  for (const [customer, traits] of [
    [asha, '{}'],
    [ravi, '{"timezone": "America/Los_Angeles"}'],
  ]) {
    await owner.query('INSERT INTO customers (id, created_at) VALUES ($1, now())', [customer]);
    await owner.query(
      `INSERT INTO relationships (brand_id, customer_id, traits, created_at, updated_at)
       VALUES ($1, $2, $3, now(), now())`,
      [brand, customer, traits],
    );
  }
}

async function event(
  customer: string,
  action: string,
  at: string,
  more: Record<string, unknown> = {},
) {
  const { confidence = 100, machine = false, duplicate = false } = more;
  await owner.query(
    `INSERT INTO attention_events (id, brand_id, customer_id, action, confidence, machine, duplicate,
      occurred_at, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)`,
    [uuidv7(), brand, customer, action, confidence, machine, duplicate, at],
  );
}

async function delivered(customer: string, at: string): Promise<void> {
  const id = uuidv7();
  await owner.query(
    `INSERT INTO messages (id, brand_id, external_id, channel, kind, created_at)
     VALUES ($1::uuid, $2, $1::text, 'EMAIL', 'MICRON', $3)`,
    [id, brand, at],
  );
  await owner.query(
    `INSERT INTO deliveries (id, brand_id, message_id, customer_id, delivered_at, recorded_at)
     VALUES ($1, $2, $3, $4, $5, $5)`,
    [uuidv7(), brand, id, customer, at],
  );
}

it('What had happened before is counted, by the days it was where each customer lives', async () => {
  await migrate({ url, migrations: until, log });
  await populate();
  // 21:00 in Kolkata and 02:30 of the next day there; 08:30 and 14:00 in Los Angeles.
  for (const customer of [asha, ravi]) {
    await event(customer, 'CLICK', '2026-01-10T15:30:00Z');
    await event(customer, 'OPEN', '2026-01-10T21:00:00Z', { confidence: 50 });
    await event(customer, 'OPEN', '2026-01-10T21:00:00Z', { confidence: 0, machine: true });
    await event(customer, 'CLICK', '2026-01-10T22:00:00Z', { duplicate: true });
  }
  for (const day of ['09', '11', '12', '13']) await delivered(asha, `2026-01-${day}T10:00:00Z`);
  await migrate({ url, migrations, log });
  const { rows: days } = await owner.query(
    `SELECT customer_id, local_day::text, opens, clicks, points_x2 FROM attention_days
     ORDER BY customer_id, local_day`,
  );
  expect(days).toEqual([
    { customer_id: asha, local_day: '2026-01-10', opens: 0, clicks: 1, points_x2: 6 },
    { customer_id: asha, local_day: '2026-01-11', opens: 1, clicks: 0, points_x2: 1 },
    { customer_id: ravi, local_day: '2026-01-10', opens: 1, clicks: 1, points_x2: 7 },
  ]);
  const { rows: states } = await owner.query(
    `SELECT customer_id, delivered_since, dormancy, last_attended_at FROM attention_states
     ORDER BY customer_id`,
  );
  const heardAt = new Date('2026-01-10T21:00:00Z');
  expect(states).toMatchObject([
    { customer_id: asha, delivered_since: 3, last_attended_at: heardAt },
    { customer_id: ravi, delivered_since: 0, dormancy: 'NOT_TESTED', last_attended_at: heardAt },
  ]);
  expect(states[0]?.dormancy).toMatch(/^(ACTIVE|DRIFTING|INACTIVE|DORMANT|LOST)$/);
  const { rows: ofBrand } = await owner.query(
    `SELECT sum(deliveries)::int AS deliveries, sum(clicks)::int AS clicks, sum(opens)::int AS opens,
      sum(machine)::int AS machine FROM brand_attention_days`,
  );
  expect(ofBrand).toEqual([{ deliveries: 4, clicks: 2, opens: 2, machine: 2 }]);
});
