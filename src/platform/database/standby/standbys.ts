import type { Log } from '../../log';
import type { ConnectionSettings } from '../connection';
import { codeOf } from '../errors';
import { LagGauge } from './lag';
import { PositionTokens, readLsn, type Position } from './position';
import { SeenPositions } from './seen-positions';
import { Standby, type Refusal, type Snapshot, type StandbyHealth } from './standby';

/** Where the standbys are, and what seals the positions that clients carry. */
export interface StandbySettings {
  urls: readonly string[];
  tokenSecret: string;
}

/** Why reads of a steered session went where they went: `required` by a write or its answer. */
export type ReadCause = 'standby' | 'required' | Refusal;

/** Runs one statement at the primary. */
export type AskPrimary = <Row>(text: string) => Promise<Row[]>;

interface PrimaryLook {
  position: string;
  cluster: string;
}

const primarySql = `SELECT pg_current_wal_insert_lsn()::text AS position,
  (SELECT system_identifier::text FROM pg_control_system()) AS cluster`;

/** The hot standbys of the database, which take turns, and what callers have seen of it. */
export class Standbys {
  readonly seen: SeenPositions;
  readonly tokens: PositionTokens;
  /** Read sessions by where they went and why. */
  readonly sessions = new Map<ReadCause, number>();
  private readonly list: Standby[];
  private readonly gauge = new LagGauge();
  private readonly timer: NodeJS.Timeout;
  private turn = 0;
  private looking: Promise<void> | null = null;
  private cluster: string | null = null;

  constructor(
    settings: ConnectionSettings,
    { urls, tokenSecret }: StandbySettings,
    private readonly askPrimary: AskPrimary,
    private readonly log: Log,
  ) {
    const { limits } = settings;
    this.seen = new SeenPositions(limits.rememberedPositions);
    this.tokens = new PositionTokens(tokenSecret);
    this.list = urls.map((url) => new Standby(url, { ...settings, url }, log));
    const look = (): void =>
      void (this.looking ??= this.look().finally(() => (this.looking = null)));
    this.timer = setInterval(look, limits.standbyLookMs).unref();
    look();
  }

  /** A snapshot at the next standby that is fit; null where the primary must do. */
  async open(begin: string, least: Position): Promise<Snapshot | null> {
    const standby = this.choose(least);
    const opened = standby === undefined ? this.reason() : await standby.open(begin, least);
    const refused = typeof opened === 'string';
    this.count(refused ? opened : 'standby');
    return refused ? null : opened;
  }

  count(cause: ReadCause): void {
    this.sessions.set(cause, (this.sessions.get(cause) ?? 0) + 1);
  }

  health(): StandbyHealth[] {
    return this.list.map((standby) => standby.health());
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.looking;
    await Promise.all(this.list.map((standby) => standby.close()));
  }

  private choose(least: Position): Standby | undefined {
    this.turn = (this.turn + 1) % this.list.length;
    const inTurn = [...this.list.slice(this.turn), ...this.list.slice(0, this.turn)];
    const usable = inTurn.filter((standby) => standby.usable);
    return usable.find((standby) => standby.has(least)) ?? usable[0];
  }

  private reason(): Refusal {
    return this.list.some((standby) => standby.health().fault === null) ? 'lagging' : 'away';
  }

  private async look(): Promise<void> {
    try {
      const [row] = await this.askPrimary<PrimaryLook>(primarySql);
      const { position, cluster } = row as PrimaryLook;
      this.cluster = cluster;
      this.gauge.mark(readLsn(position), performance.now());
    } catch (error) {
      this.log.warn({ code: codeOf(error) }, 'the primary did not say where it is');
    }
    const { cluster, gauge } = this;
    if (cluster === null) return;
    const lagOf = (replayed: Position): { age: number; bytes: number } => ({
      age: gauge.of(replayed, performance.now()),
      bytes: Math.max(0, gauge.newest - replayed),
    });
    await Promise.all(this.list.map((standby) => standby.examine(cluster, lagOf)));
  }
}
