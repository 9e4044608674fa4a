import autocannon from 'autocannon';
import type { BenchProcess } from './bench-process';
import type { BenchQuery } from './queries';

/** One way of answering a query, under load. */
export interface Contender {
  title: string;
  process: BenchProcess;
  url: string;
  headers?: Record<string, string>;
  query: BenchQuery;
}

/** What one contender came to in one round. */
export interface Round {
  perSecond: number;
  /** Microseconds that its process worked for a request. */
  cpu: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
}

export interface RoundSettings {
  rounds: number;
  seconds: number;
  connections: number;
}

/** Requests until the compiler has done its work and the figures stand still. */
const warmUp = Number(process.env['BENCH_WARM_UP'] ?? 5000);

let sent = 0;

/**
 * Loads the contenders in turn, round by round and each round beginning with another, so that what the
 * machine does meanwhile falls on all of them. Throws when an answer is not a 200.
 */
export async function runRounds(
  contenders: readonly Contender[],
  { rounds, seconds, connections }: RoundSettings,
): Promise<Map<Contender, Round[]>> {
  const results = new Map<Contender, Round[]>(contenders.map((one) => [one, []]));
  for (const contender of contenders) await loadOnce(contender, { amount: warmUp }, connections);
  for (let round = 0; round < rounds; round += 1) {
    for (const at of contenders.keys()) {
      const contender = contenders[(at + round) % contenders.length] as Contender;
      results.get(contender)?.push(await loadOnce(contender, { duration: seconds }, connections));
    }
  }
  return results;
}

/** Every request asks for another customer: requests under way are never the same. */
async function loadOnce(
  { title, process, url, headers, query }: Contender,
  extent: { duration: number } | { amount: number },
  connections: number,
): Promise<Round> {
  const before = await process.usage();
  const result = await autocannon({
    url,
    connections,
    ...extent,
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    requests: [{ setupRequest: (request) => ({ ...request, body: bodyOf(query) }) }],
  });
  const after = await process.usage();
  const failed = result.non2xx + result.errors;
  if (failed > 0) throw new Error(`${title}: ${failed} requests got no answer`);
  return {
    perSecond: result.requests.average,
    cpu: (after.cpu - before.cpu) / result.requests.total,
    p50: result.latency.p50,
    p99: result.latency.p99,
  };
}

function bodyOf({ text, variables }: BenchQuery): string {
  return JSON.stringify({ query: text, variables: variables((sent += 1)) });
}

/** Prints the medians of each contender, and how many requests ours answers for one of its own. */
export function printRounds(
  title: string,
  results: ReadonlyMap<Contender, Round[]>,
  ours: Contender,
): void {
  process.stdout.write(`\n${title}\n`);
  const median = (rounds: Round[], figure: keyof Round) =>
    rounds.map((round) => round[figure]).sort((a, b) => a - b)[rounds.length >> 1] as number;
  const own = results.get(ours) as Round[];
  for (const [contender, rounds] of results) {
    const ratios = rounds.map((round, at) => (own[at] as Round).perSecond / round.perSecond);
    const work = rounds.map((round, at) => round.cpu / (own[at] as Round).cpu);
    const [least, middle, most] = spread(ratios);
    process.stdout.write(
      `  ${contender.title.padEnd(46)}${median(rounds, 'perSecond').toFixed(0).padStart(6)}/s` +
        `${median(rounds, 'cpu').toFixed(0).padStart(7)} µs CPU` +
        `  p50 ${median(rounds, 'p50').toFixed(0).padStart(3)} ms` +
        `  p99 ${median(rounds, 'p99').toFixed(0).padStart(3)} ms` +
        `  ours/this ${middle} (${least} to ${most}), by CPU ${spread(work)[1]}\n`,
    );
  }
}

function spread(values: number[]): [string, string, string] {
  const sorted = [...values].sort((a, b) => a - b).map((value) => value.toFixed(2));
  return [sorted[0], sorted[sorted.length >> 1], sorted[sorted.length - 1]] as [
    string,
    string,
    string,
  ];
}
