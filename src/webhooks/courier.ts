import type { JobContext } from '../platform/feature';
import { claimDeliveries } from './claim-deliveries';
import { parcelOf, type ClaimedDelivery } from './parcel';
import { post, type Parcel, type Receipt } from './post';
import { settleDeliveries, type Attempt } from './settle-deliveries';
import { WebhookSecrets } from './webhook-secret';

/** Sends a parcel and says what became of it; never throws. */
export type Send = (parcel: Parcel, signal: AbortSignal) => Promise<Receipt>;

/** Between two looks at how much waits. */
const countEveryMs = 5000;
const mostCounted = 10_000;
/** How long a lease outlives the longest request, so that what came out can be stored. */
const storingMs = 60_000;
/** How long a stop waits for requests that are under way. */
const patienceMs = 5000;

const waitingSql = `
  SELECT count(*)::integer AS waiting FROM (SELECT FROM webhook_deliveries
    WHERE state = 'PENDING' AND next_attempt_at <= $1 LIMIT ${mostCounted}) AS d`;

/**
 * Carries deliveries for one process. Requests go on from one turn to the next, so that a slow endpoint
 * holds up nobody: a turn claims what there is room for, waits until some request is over, and stores
 * what came out. What the process dies with is claimed again when its lease ends, and so sent again.
 */
export class Courier {
  private readonly underWay = new Map<Promise<void>, 'healthy' | 'failing'>();
  private readonly stopping = new AbortController();
  private readonly secrets: WebhookSecrets;
  private done: Attempt[] = [];
  private countedAt = -Infinity;

  constructor(
    private readonly context: JobContext,
    private readonly send: Send = sendWith(context),
  ) {
    this.secrets = new WebhookSecrets(context.config.tokenSecret);
  }

  /** Does what is due and answers how many things it did, or has under way. */
  async turn(): Promise<number> {
    const claimed = await this.claim();
    if (this.underWay.size > 0) await this.someOver(this.context.limits.jobIntervalMs);
    const stored = await this.store();
    await this.count();
    return claimed + stored + this.underWay.size;
  }

  /** Waits a while for what is under way, gives the rest up, and stores what came out. */
  async stop(): Promise<void> {
    const all = Promise.all(this.underWay.keys());
    await before(patienceMs, all);
    this.stopping.abort();
    await all;
    await this.store();
  }

  private async claim(): Promise<number> {
    const { database, clock, limits } = this.context;
    const all = limits.webhookConcurrency - this.underWay.size;
    if (all <= 0) return 0;
    const failing = [...this.underWay.values()].filter((kind) => kind === 'failing').length;
    const forFailing = Math.max(1, Math.floor(limits.webhookConcurrency / 2)) - failing;
    const room = { all, failing: Math.min(all, forFailing) };
    const { now, ...claimed } = await database.transact(clock, async (tx) => ({
      now: tx.now,
      ...(await claimDeliveries(tx, room, limits.webhookTimeoutMs + storingMs)),
    }));
    for (const kind of ['healthy', 'failing'] as const) {
      for (const delivery of claimed[kind]) this.begin(delivery, kind, now);
    }
    return claimed.healthy.length + claimed.failing.length;
  }

  private begin(delivery: ClaimedDelivery, kind: 'healthy' | 'failing', now: Date): void {
    const oldSecretSeconds = this.context.limits.webhookOldSecretSeconds;
    const parcel = parcelOf(delivery, this.secrets, { now, oldSecretSeconds });
    const { signal } = this.stopping;
    const sending = this.send(parcel, signal).then((receipt) => {
      this.underWay.delete(sending);
      // Of a request we gave up ourselves nothing is known: its lease ends, and it is sent again.
      if (receipt.failure === null || !signal.aborted) this.done.push({ delivery, receipt });
    });
    this.underWay.set(sending, kind);
  }

  private someOver(milliseconds: number): Promise<void> {
    if (this.done.length > 0) return Promise.resolve();
    return before(milliseconds, Promise.race(this.underWay.keys()));
  }

  /** What could not be stored is kept for the next time. */
  private async store(): Promise<number> {
    const { database, clock, report } = this.context;
    const attempts = this.done.slice();
    if (attempts.length === 0) return 0;
    await database.transact(clock, (tx) => settleDeliveries(tx, attempts));
    this.done = this.done.slice(attempts.length);
    const outcomes: Record<string, number> = {};
    for (const { receipt } of attempts) {
      const outcome = receipt.failure?.toLowerCase() ?? 'delivered';
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    }
    report?.({ job: 'deliver-webhooks', outcomes });
    return attempts.length;
  }

  private async count(): Promise<void> {
    const { database, clock, report } = this.context;
    if (report === undefined || performance.now() - this.countedAt < countEveryMs) return;
    this.countedAt = performance.now();
    const [row] = await database.transact(clock, (tx) =>
      tx.query<{ waiting: number }>(waitingSql, [tx.now]),
    );
    report({ job: 'deliver-webhooks', waiting: row?.waiting ?? 0 });
  }
}

function sendWith({ config, limits }: JobContext): Send {
  const timeoutMs = limits.webhookTimeoutMs;
  return (parcel, signal) =>
    post(parcel, { timeoutMs, allowPrivate: config.webhooksAllowPrivate, signal });
}

/** Waits for the work, and no longer than this. */
async function before(milliseconds: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => (timer = setTimeout(resolve, milliseconds)));
  await Promise.race([work, late]);
  clearTimeout(timer);
}
