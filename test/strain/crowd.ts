import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Pool } from 'undici';
import { timesOf, type Wave, type WaveTold } from './wave';

/** More than this under way and the crowd itself would be what is measured. */
const mostUnderWay = 20_000;

const operation = (name: string): string =>
  readFileSync(join(__dirname, '../../schema/operations', `${name}.graphql`), 'utf8');
const view = operation('customer-view');
const visit = operation('record-attention');

interface Seen {
  due: number;
  milliseconds: number;
}

/** Sends a wave and tells what came back. Every other request is a visit, the rest are customer views. */
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

/** `served`, `shed`, or what is wrong with the answer. */
async function ask(pool: Pool, { apiKeys, customers }: Wave, nth: number): Promise<string> {
  const externalId = customers[Math.floor(Math.random() * customers.length)] as string;
  const response = await pool.request({
    path: '/graphql',
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${apiKeys[nth % apiKeys.length]}`,
    },
    body: JSON.stringify(nth % 2 === 0 ? viewOf(externalId) : visitOf(externalId)),
  });
  const text = await response.body.text();
  if (response.statusCode === 200)
    return text.includes('"errors":') || /"userErrors":\[\{/.test(text) ? 'failed' : 'served';
  const { statusCode, headers } = response;
  if (statusCode !== 503 && statusCode !== 429) return `answered ${statusCode}`;
  if (!(Number(headers['retry-after']) >= 1)) return 'shed without Retry-After';
  return text.includes('"retryable":true') ? 'shed' : 'shed as not retryable';
}

function viewOf(externalId: string): object {
  return { query: view, variables: { by: { externalId } } };
}

function visitOf(externalId: string): object {
  const input = {
    customer: { externalId },
    action: 'VISIT',
    channel: 'WEB',
    idempotencyKey: randomUUID(),
  };
  return { query: visit, variables: { input } };
}

function codeOf(error: unknown): string {
  return `no answer: ${(error as NodeJS.ErrnoException).code ?? String(error)}`;
}

/** Writes down what came back. */
class Notes {
  private readonly served: Seen[] = [];
  private readonly shed: number[] = [];
  private readonly flaws: Record<string, number> = {};

  take(answered: string, seen: Seen): void {
    if (answered === 'served') this.served.push(seen);
    else if (answered === 'shed') this.shed.push(seen.milliseconds);
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
      servedPerSecond: this.served.length / seconds,
      servedTimes: timesOf(this.served.map(({ milliseconds }) => milliseconds)),
      shedTimes: timesOf(this.shed),
      p50BySecond: bySecond.map((list) => timesOf(list).p50),
      flaws: this.flaws,
    };
  }
}
