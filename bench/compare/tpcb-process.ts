import { Client } from 'pg';
import { answerJobs } from './started-process';
import type { TpcbJob } from './tpcb';
import { accountsPerBranch, tellersPerBranch, tpcbScale } from './tpcb-tables';

const addToAccount = {
  name: 'account',
  text: 'UPDATE pgbench_accounts SET abalance = abalance + $1 WHERE aid = $2',
};
const readAccount = {
  name: 'read',
  text: 'SELECT abalance FROM pgbench_accounts WHERE aid = $1',
};
const addToTeller = {
  name: 'teller',
  text: 'UPDATE pgbench_tellers SET tbalance = tbalance + $1 WHERE tid = $2',
};
const addToBranch = {
  name: 'branch',
  text: 'UPDATE pgbench_branches SET bbalance = bbalance + $1 WHERE bid = $2',
};
const remember = {
  name: 'history',
  text: `INSERT INTO pgbench_history (tid, bid, aid, delta, mtime)
    VALUES ($1, $2, $3, $4, CURRENT_TIMESTAMP)`,
};

function drawn(count: number): number {
  return 1 + Math.floor(Math.random() * count);
}

/**
 * The seven statements of a transaction, sent together: one by one, as pgbench sends them, JavaScript would
 * be what is measured.
 */
async function transact(client: Client): Promise<void> {
  const aid = drawn(tpcbScale * accountsPerBranch);
  const bid = drawn(tpcbScale);
  const tid = drawn(tpcbScale * tellersPerBranch);
  const delta = drawn(10_001) - 5001;
  await Promise.all([
    client.query({ name: 'begin', text: 'BEGIN' }),
    client.query({ ...addToAccount, values: [delta, aid] }),
    client.query({ ...readAccount, values: [aid] }),
    client.query({ ...addToTeller, values: [delta, tid] }),
    client.query({ ...addToBranch, values: [delta, bid] }),
    client.query({ ...remember, values: [tid, bid, aid, delta] }),
    client.query({ name: 'end', text: 'END' }),
  ]);
}

/** Transactions a second of so many clients. */
async function run({ url, clients, seconds }: TpcbJob): Promise<number> {
  const open = Array.from(
    { length: clients },
    () => new Client({ connectionString: url, pipeline: true }),
  );
  try {
    await Promise.all(open.map((client) => client.connect()));
    const first = open[0] as Client;
    await first.query('VACUUM pgbench_branches');
    await first.query('VACUUM pgbench_tellers');
    await first.query('TRUNCATE pgbench_history');
    const began = performance.now();
    const until = began + seconds * 1000;
    let done = 0;
    await Promise.all(
      open.map(async (client) => {
        while (performance.now() < until) {
          await transact(client);
          done += 1;
        }
      }),
    );
    return done / ((performance.now() - began) / 1000);
  } finally {
    await Promise.all(open.map((client) => client.end()));
  }
}

answerJobs(run);
