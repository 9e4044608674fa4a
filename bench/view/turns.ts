import { Pool } from 'undici';
import { Chance } from '../load/random';
import type { Base } from './base';
import type { Question } from './questions';

const warmUp = 30;

/** Milliseconds of one question on one base. */
export interface Latency {
  p50: number;
  p99: number;
}

/** How one question was answered on the small base and on the large one. */
export interface Compared {
  title: string;
  small: Latency;
  large: Latency;
  ratio: Latency;
  /** Statements of one asking. */
  statements: { small: number; large: number };
}

/**
 * Asks both bases in turn, one request at a time and each pair the other way round, so that what the machine
 * does meanwhile falls on both. Throws when an answer has errors.
 */
export async function compare(
  question: Question,
  [small, large]: readonly [Base, Base],
  pairs: number,
): Promise<Compared> {
  const chance = new Chance(1);
  const ask = { small: asker(question, small, chance), large: asker(question, large, chance) };
  for (let n = 0; n < warmUp; n += 1) {
    await ask.small();
    await ask.large();
  }
  const times = { small: [] as number[], large: [] as number[] };
  for (let pair = 0; pair < pairs; pair += 1) {
    for (const which of pair % 2 === 0
      ? (['small', 'large'] as const)
      : (['large', 'small'] as const)) {
      times[which].push(await ask[which]());
    }
  }
  const [ofSmall, ofLarge] = [latencyOf(times.small), latencyOf(times.large)];
  return {
    title: question.title,
    small: ofSmall,
    large: ofLarge,
    ratio: { p50: ofLarge.p50 / ofSmall.p50, p99: ofLarge.p99 / ofSmall.p99 },
    statements: {
      small: await small.statementsOf(question, variablesOf(question, small, chance)),
      large: await large.statementsOf(question, variablesOf(question, large, chance)),
    },
  };
}

function variablesOf({ variables }: Question, base: Base, chance: Chance): object {
  return variables({ customer: chance.below(base.customers), segments: base.segments });
}

function asker(question: Question, base: Base, chance: Chance): () => Promise<number> {
  const { origin, pathname } = new URL(base.url);
  const pool = new Pool(origin, { connections: 1 });
  return async () => {
    const variables = variablesOf(question, base, chance);
    const body = JSON.stringify({ query: question.text, variables });
    const began = performance.now();
    const answer = await pool.request({
      path: pathname,
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${base.key}` },
      body,
    });
    const text = await answer.body.text();
    const took = performance.now() - began;
    if (answer.statusCode !== 200 || text.includes('"errors":')) {
      throw new Error(`${question.title}: ${text.slice(0, 400)}`);
    }
    return took;
  };
}

function latencyOf(times: number[]): Latency {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return { p50: at(0.5) as number, p99: at(0.99) as number };
}
