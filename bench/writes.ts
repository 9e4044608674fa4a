import autocannon from 'autocannon';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { onConnection, openPlace, recreate, type Place } from './load/place';
import { cpuOf, cpuOfFamily } from './writes/cpu';
import { series, type Series } from './writes/series';
import { startSubject, type Subject } from './writes/subject';

/** What one round came to. */
interface Round {
  perSecond: number;
  /** Microseconds of an event, of the server and of PostgreSQL. */
  server: number;
  database: number;
}

const requestsSent = new Map<string, number>();

/**
 * `npm run bench:writes -- --against <another checkout, built>`: what an event and a delivery cost, in turns
 * with another version of the service where one is named.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      against: { type: 'string' },
      rounds: { type: 'string', default: '9' },
    },
  });
  const place = await openPlace();
  const subjects: Subject[] = [];
  try {
    const folders: [string, string][] = [
      ['ours', '.'],
      ...(values.against === undefined ? [] : [['other', values.against] as [string, string]]),
    ];
    for (const [title, folder] of folders) {
      await recreate(place, `load_writes_${title}`);
      const database = place.urlOf(`load_writes_${title}`);
      subjects.push(await startSubject(title, { folder, database }));
    }
    const postmaster = await postmasterOf(place);
    for (const one of series) {
      const rounds = await runRounds(one, subjects, { rounds: Number(values.rounds), postmaster });
      const statements = await Promise.all(
        subjects.map((subject) => statementsOf(place, one, subject)),
      );
      print(one, subjects, rounds, statements);
    }
  } finally {
    await Promise.all(subjects.map((subject) => subject.stop()));
    await place.stop();
  }
}

async function postmasterOf(place: Place): Promise<number> {
  const folder = await onConnection(place.urlOf('postgres'), async (client) => {
    const { rows } = await client.query<{ folder: string }>(
      `SELECT current_setting('data_directory') AS folder`,
    );
    return (rows[0] as { folder: string }).folder;
  });
  return Number(readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')[0]);
}

async function runRounds(
  one: Series,
  subjects: readonly Subject[],
  { rounds, postmaster }: { rounds: number; postmaster: number },
): Promise<Map<Subject, Round[]>> {
  const results = new Map<Subject, Round[]>(subjects.map((subject) => [subject, []]));
  for (const subject of subjects) await send(one, subject);
  for (let round = 0; round < rounds; round += 1) {
    for (const at of subjects.keys()) {
      const subject = subjects[(at + round) % subjects.length] as Subject;
      const before = [cpuOf(subject.pid), cpuOfFamily(postmaster)] as const;
      const perSecond = await send(one, subject);
      const events = one.requests * one.each;
      results.get(subject)?.push({
        perSecond,
        server: (cpuOf(subject.pid) - before[0]) / events,
        database: (cpuOfFamily(postmaster) - before[1]) / events,
      });
    }
  }
  return results;
}

/** Sends a round; answers events a second. */
async function send(one: Series, subject: Subject, requests = one.requests): Promise<number> {
  const result = await autocannon({
    url: subject.url,
    connections: Math.min(one.connections, requests),
    amount: requests,
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${subject.key}` },
    requests: [{ setupRequest: (request) => ({ ...request, body: nextBody(one, subject) }) }],
  });
  const failed = result.non2xx + result.errors;
  if (failed > 0) throw new Error(`${one.title}: ${failed} requests of ${subject.title} failed`);
  return (requests * one.each) / ((result.finish.getTime() - result.start.getTime()) / 1000);
}

function nextBody(one: Series, subject: Subject): string {
  const name = `${subject.title} ${one.title}`;
  const n = requestsSent.get(name) ?? 0;
  requestsSent.set(name, n + 1);
  return JSON.stringify(one.body(subject, n));
}

/** Statements of one request alone; the least of some tries, since jobs write in the log, too. */
async function statementsOf(place: Place, one: Series, subject: Subject): Promise<number | null> {
  const { log } = place;
  if (log === null) return null;
  const tries: number[] = [];
  await setLogged(place, '0');
  for (let n = 0; n < 7; n += 1) {
    const from = statSync(log).size;
    await send(one, subject, 1);
    const lines = readFileSync(log).subarray(from).toString().split('\n');
    tries.push(
      lines.filter((line) => /LOG: {2}duration: .* (statement|execute)/.test(line)).length,
    );
  }
  await setLogged(place, '-1');
  return Math.min(...tries);
}

async function setLogged(place: Place, milliseconds: string): Promise<void> {
  await onConnection(place.urlOf('postgres'), async (client) => {
    await client.query(`ALTER SYSTEM SET log_min_duration_statement = ${milliseconds}`);
    await client.query('SELECT pg_reload_conf()');
    // The sessions of the servers read it before their next statement.
    await client.query('SELECT pg_sleep(0.2)');
  });
}

function print(
  one: Series,
  subjects: readonly Subject[],
  rounds: ReadonlyMap<Subject, Round[]>,
  statements: readonly (number | null)[],
): void {
  process.stdout.write(`\n${one.title}\n`);
  const own = rounds.get(subjects[0] as Subject) as Round[];
  for (const [at, subject] of subjects.entries()) {
    const its = rounds.get(subject) as Round[];
    const ratio = (figure: keyof Round) =>
      spread(own.map((round, n) => round[figure] / (its[n] as Round)[figure]));
    process.stdout.write(
      `  ${subject.title.padEnd(8)}${median(its, 'perSecond').toFixed(0).padStart(7)}/s` +
        `${median(its, 'server').toFixed(0).padStart(7)} µs server` +
        `${median(its, 'database').toFixed(0).padStart(7)} µs PostgreSQL` +
        `  ours/this ${ratio('perSecond')}, CPU ${ratio('server')} and ${ratio('database')}` +
        `  ${statements[at] ?? '?'} statements of a request\n`,
    );
  }
}

function median(rounds: readonly Round[], figure: keyof Round): number {
  return rounds.map((round) => round[figure]).sort((a, b) => a - b)[rounds.length >> 1] as number;
}

function spread(values: number[]): string {
  const [...sorted] = values.sort((a, b) => a - b).map((value) => value.toFixed(2));
  return `${sorted[sorted.length >> 1]} (${sorted[0]} to ${sorted.at(-1)})`;
}

void main();
