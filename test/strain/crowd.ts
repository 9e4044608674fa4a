import { Pool } from 'undici';
import { requestOf } from './requests';
import { timesOf, type Wave, type WaveTold } from './wave';

/** More than this under way and the crowd itself would be what is measured. */
const mostUnderWay = 20_000;

interface Seen {
  due: number;
  milliseconds: number;
}

/** Sends a wave and tells what came back.  */
export async function send(wave: Wave): Promise<WaveTold> {
  const { callers, perSecond = 0, sockets = callers ?? 512 } = wave;
  const pool = new Pool(wave.url, { connections: sockets, pipelining: 1, bodyTimeout: 60_000 });
  const notes = new Notes();
  const began = performance.now();
  const end = began + wave.seconds * 1000;
  let sent = 0;
  const one = async (due: number): Promise<void> => {
    const answered = await ask(pool, wave, (sent += 1)).catch((error: unknown) => codeOf(error));
    notes.take(answered, { due: due - began, milliseconds: performance.now() - due });
  };
  if (callers !== undefined) {
    const caller = async (): Promise<void> => {
      for (let now = began; now < end; now = performance.now()) await one(now);
    };
    await Promise.all(Array.from({ length: callers }, caller));
  } else {
    const underWay = new Set<Promise<void>>();
    for (let next = began; next < end;) {
      for (; next <= performance.now() && next < end; next += 1000 / perSecond) {
        if (underWay.size >= mostUnderWay) throw new Error('the crowd is as slow as the server');
        const request = one(next).finally(() => underWay.delete(request));
        underWay.add(request);
      }
      await new Promise((resolve) => setTimeout(resolve, 4));
    }
    await Promise.all(underWay);
  }
  const seconds = callers === undefined ? wave.seconds : (performance.now() - began) / 1000;
  await pool.destroy();
  return { sent, ...notes.told(seconds) };
}

/** `served`, `shed`, `partly`, or what is wrong with the answer. */
async function ask(pool: Pool, wave: Wave, nth: number): Promise<string> {
  const { bearer, body, status } = requestOf(wave, nth);
  const response = await pool.request({
    path: '/graphql',
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}` },
    body: JSON.stringify(body),
  });
  const text = await response.body.text();
  const { statusCode, headers } = response;
  if (statusCode === 200 && status === 200) return verdictOf(text);
  if (statusCode === status) return 'served';
  if (statusCode !== 503 && statusCode !== 429) return `answered ${statusCode} ${codesOf(text)}`;
  if (!(Number(headers['retry-after']) >= 1)) return 'shed without Retry-After';
  return text.includes('"retryable":true') ? 'shed' : 'shed as not retryable';
}

/** An answer without a fault, or with fields that may be had by asking again, or another. */
function verdictOf(text: string): string {
  const { errors } = JSON.parse(text) as { errors?: unknown };
  const refusal = /"userErrors":\[\{"code":"(\w+)"/.exec(text)?.[1];
  if (refusal !== undefined) return `answered ${refusal}`;
  if (errors === undefined) return 'served';
  return codesOf(text) === 'UNAVAILABLE' ? 'partly' : `answered in part ${codesOf(text)}`;
}

function codesOf(text: string): string {
  const { errors = [] } = JSON.parse(text) as { errors?: { extensions: { code: string } }[] };
  return [...new Set(errors.map(({ extensions }) => extensions.code))].join(' ');
}

function codeOf(error: unknown): string {
  return `no answer: ${(error as NodeJS.ErrnoException).code ?? String(error)}`;
}

/** Writes down what came back. */
class Notes {
  private readonly served: Seen[] = [];
  private readonly shed: number[] = [];
  private partly = 0;
  private readonly flaws: Record<string, number> = {};

  take(answered: string, seen: Seen): void {
    if (answered === 'served') this.served.push(seen);
    else if (answered === 'shed') this.shed.push(seen.milliseconds);
    else if (answered === 'partly') this.partly += 1;
    else this.flaws[answered] = (this.flaws[answered] ?? 0) + 1;
  }

  told(seconds: number): Omit<WaveTold, 'sent'> {
    const bySecond: number[][] = Array.from({ length: Math.ceil(seconds) }, () => []);
    for (const { due, milliseconds } of this.served) {
      bySecond[Math.floor(due / 1000)]?.push(milliseconds);
    }
    return {
      served: this.served.length,
      shed: this.shed.length,
      partly: this.partly,
      // What comes after the wave does not count: it is late by as much as there was too much.
      servedPerSecond:
        this.served.filter(({ due, milliseconds }) => due + milliseconds <= 1000 * seconds).length /
        seconds,
      servedTimes: timesOf(this.served.map(({ milliseconds }) => milliseconds)),
      shedTimes: timesOf(this.shed),
      p50BySecond: bySecond.map((list) => timesOf(list).p50),
      flaws: this.flaws,
    };
  }
}
