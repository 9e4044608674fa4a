import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ShiftedClock } from '../../platform/clock';
import { messageExpiryLock, streakBreakLock } from '../../rewards';
import { execute } from '../../server/execute';
import type { Service } from '../../server/service';

// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Answer = Record<string, any>;

const locks = [messageExpiryLock, streakBreakLock];

/** A brand of a story and the key to act for it. */
export interface StoryBrand {
  id: string;
  apiKey: string;
  createdAt: Date;
}

/**
 * Plays the brands and the platform of a story against a service, with the operations of
 * `schema/operations/`. Keys are derived from the story, so telling it twice changes nothing. The clock
 * is the service's own, so that days can pass.
 */
export class Storyteller {
  private readonly documents = new Map<string, string>();
  private told = 0;
  private release: (() => Promise<void>) | null = null;

  constructor(
    private readonly service: Service,
    private readonly clock: ShiftedClock,
    private readonly story: string,
    private readonly operations = join(process.cwd(), 'schema', 'operations'),
  ) {}

  /** Lets the story happen at this moment. */
  at(moment: Date): void {
    this.clock.offsetMs = moment.getTime() - Date.now();
  }

  /** Runs a mutation of `schema/operations/<file>.graphql` and answers its payload; throws when refused. */
  async tell(bearer: string, file: string, input: object, key?: string): Promise<Answer> {
    const idempotencyKey = `story:${this.story}:${key ?? `${file}:${(this.told += 1)}`}`;
    const data = await this.ask(bearer, file, { input: { ...input, idempotencyKey } });
    const payload = Object.values(data)[0] as Answer;
    const [refusal] = payload['userErrors'] as { code: string; message: string }[];
    if (refusal !== undefined && payload['event'] == null) {
      throw new Error(`${file} was refused: ${refusal.code} ${refusal.message}`);
    }
    return payload;
  }

  /** Runs an operation of `schema/operations/<file>.graphql` and answers its data. */
  async ask(bearer: string, file: string, variables: Record<string, unknown>): Promise<Answer> {
    const { service } = this;
    const { data, errors } = await execute(
      service,
      service.publicSchema,
      this.document(file),
      variables,
      bearer,
    );
    if (errors !== undefined) throw errors[0] as Error;
    return data as Answer;
  }

  /** Records many events, 500 a call, each with its own key. */
  async tellBatch(
    bearer: string,
    events: (object & { idempotencyKey: string })[],
  ): Promise<Answer[]> {
    const results: Answer[] = [];
    for (let from = 0; from < events.length; from += 500) {
      const slice = events.slice(from, from + 500);
      const data = await this.ask(bearer, 'record-attention-batch', { input: { events: slice } });
      results.push(...(data['recordAttentionBatch'] as { results: Answer[] }).results);
    }
    return results;
  }

  /** Key of one event of a batch. */
  keyFor(name: string): string {
    return `story:${this.story}:${name}`;
  }

  /** A brand with a budget. */
  async brand(
    name: string,
    slug: string,
    timezone: string,
    budget: number,
    reason: string,
  ): Promise<StoryBrand> {
    const { platformKey } = this.service.config;
    const created = await this.tell(
      platformKey,
      'create-brand',
      { name, slug, timezone },
      `brand:${slug}`,
    );
    const { id, createdAt } = created['brand'] as { id: string; createdAt: string };
    const apiKey = created['apiKey'] as string;
    await this.tell(
      platformKey,
      'issue-mu',
      { brandId: id, amount: budget, reason },
      `issue:${slug}`,
    );
    return { id, apiKey, createdAt: new Date(createdAt) };
  }

  /**
   * Keeps a server on the same database from expiring messages and breaking streaks while the story is
   * in the past, where they are long due by the real clock; until `settle`.
   */
  async undisturbed(): Promise<void> {
    const client = await this.service.database.writers.connect();
    for (const lock of locks) await client.query('SELECT pg_advisory_lock($1::bigint)', [lock]);
    this.release = async () => {
      for (const lock of locks) await client.query('SELECT pg_advisory_unlock($1::bigint)', [lock]);
      client.release();
    };
  }

  /** Runs the background jobs until nothing is due. */
  async settle(): Promise<void> {
    await this.release?.();
    this.release = null;
    const { database, clock, log, config } = this.service;
    for (const job of this.service.features.flatMap((feature) => feature.jobs)) {
      while ((await job.run({ config, database, clock, log, limits: config.limits })) > 0);
    }
  }

  private document(file: string): string {
    const known = this.documents.get(file);
    if (known !== undefined) return known;
    const text = readFileSync(join(this.operations, `${file}.graphql`), 'utf8');
    this.documents.set(file, text);
    return text;
  }
}
