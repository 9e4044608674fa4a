import type { Client } from 'pg';

/** As many branches, ten times as many tellers and a hundred thousand times as many accounts. */
export const tpcbScale = 20;
export const tellersPerBranch = 10;
export const accountsPerBranch = 100_000;

/** The tables that pgbench knows, with their columns, keys and widths. */
export async function fillTpcb(client: Client): Promise<void> {
  await client.query(`
    CREATE TABLE pgbench_branches (bid int NOT NULL, bbalance int, filler char(88)) WITH (fillfactor = 100);
    CREATE TABLE pgbench_tellers (tid int NOT NULL, bid int, tbalance int, filler char(84)) WITH (fillfactor = 100);
    CREATE TABLE pgbench_accounts (aid int NOT NULL, bid int, abalance int, filler char(84)) WITH (fillfactor = 100);
    CREATE TABLE pgbench_history (tid int, bid int, aid int, delta int, mtime timestamp, filler char(22));
    INSERT INTO pgbench_branches SELECT bid, 0, NULL FROM generate_series(1, ${tpcbScale}) bid;
    INSERT INTO pgbench_tellers SELECT tid, (tid - 1) / ${tellersPerBranch} + 1, 0, NULL
      FROM generate_series(1, ${tpcbScale * tellersPerBranch}) tid;
    INSERT INTO pgbench_accounts SELECT aid, (aid - 1) / ${accountsPerBranch} + 1, 0, ''
      FROM generate_series(1, ${tpcbScale * accountsPerBranch}) aid;
    ALTER TABLE pgbench_branches ADD PRIMARY KEY (bid);
    ALTER TABLE pgbench_tellers ADD PRIMARY KEY (tid);
    ALTER TABLE pgbench_accounts ADD PRIMARY KEY (aid)`);
  await client.query('VACUUM ANALYZE');
}
