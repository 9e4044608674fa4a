import { ConfigError } from '../../platform/config';
import type { Limits } from '../../platform/limits';
import type { Log } from '../../platform/log';
import type { Supergraph } from '../supergraph';
import { buildSupergraph, type Built, type OwnGraph } from './build';
import type { SupergraphParts } from './compose-graph';
import { ComposerThread } from './composer-thread';
import { emptyConfig, parseSupergraphConfig, type SupergraphConfig } from './config';
import { LastGood, type SupergraphTexts } from './last-good';
import { SupergraphSources } from './supergraph-sources';

/** Where an operator says what to federate; null for what is not said. */
export interface SupergraphSettings {
  /** Path of supergraph.yaml. */
  config: string | null;
  /** Path or address of a supergraph that was composed elsewhere. */
  sdl: string | null;
}

export interface KeeperParts {
  settings: SupergraphSettings;
  /** What the configuration takes its variables from. */
  env: NodeJS.ProcessEnv;
  dataDir: string;
  own: OwnGraph;
  limits: Pick<
    Limits,
    'subgraphBytes' | 'subgraphTimeoutMs' | 'supergraphLongestPollMs' | 'supergraphPollMs'
  >;
  log: Log;
}

type Build = (parts: SupergraphParts) => Built | Promise<Built>;

/**
 * Keeps one supergraph: made at start, made anew when a text it is made of has changed, and left as it
 * is while the new one is broken.
 */
export class SupergraphKeeper {
  private readonly listeners: ((supergraph: Supergraph) => void)[] = [];
  private readonly sources: SupergraphSources;
  private readonly stored: LastGood;
  private good: SupergraphTexts | null = null;
  /** What was tried last; a broken set is not tried again until it changes. */
  private tried = '';
  private broken: string[] = [];
  private troubles: string[] = [];
  private readonly thread: ComposerThread;
  private refreshing: Promise<void> = Promise.resolve();
  private waiting = false;
  private stopped = false;

  constructor(private readonly parts: KeeperParts) {
    const { settings, dataDir, own } = parts;
    this.thread = new ComposerThread(own);
    this.stored = new LastGood(dataDir, JSON.stringify([settings.config, settings.sdl]));
    this.sources = new SupergraphSources(parts, () => this.refresh());
  }

  /**
   * The supergraph to begin with; null when nothing is configured. Throws ConfigError with a line for
   * each problem when there is none and none was kept from an earlier run.
   */
  async start(): Promise<Supergraph | null> {
    const { config, sdl } = this.parts.settings;
    if (config === null && sdl === null) return null;
    this.good = this.stored.read();
    await this.sources.start();
    const now: Build = (parts) => buildSupergraph(parts, this.parts.own);
    const supergraph = (await this.make(now)) ?? (await this.makeStored(now));
    if (supergraph !== null) return supergraph;
    this.stop();
    throw new ConfigError(this.troubles.map((line) => `supergraph: ${line}`).join('\n'));
  }

  /** The listener hears of each supergraph after the first. */
  onChange(listener: (supergraph: Supergraph) => void): void {
    this.listeners.push(listener);
  }

  /** What is wrong now, a line each; empty when what is served is what is configured. */
  problems(): string[] {
    return [...this.troubles];
  }

  stop(): void {
    this.stopped = true;
    this.sources.stop();
    this.thread.stop();
  }

  /** One after the other; what changes meanwhile is taken up at once by the next. */
  private refresh(): void {
    if (this.waiting) return;
    this.waiting = true;
    this.refreshing = this.refreshing.then(async () => {
      this.waiting = false;
      if (!this.stopped) await this.takeUp();
    });
  }

  private async takeUp(): Promise<void> {
    const supergraph = await this.make((parts) => this.inThread(parts));
    if (supergraph === null || this.stopped) return;
    this.parts.log.info({ partners: supergraph.partners.length }, 'another supergraph is served');
    for (const listener of this.listeners) listener(supergraph);
  }

  /** Of the texts as they are now; null when they are broken, or the ones in use. */
  private async make(build: Build): Promise<Supergraph | null> {
    const { texts, problems: missing, stale } = this.sources.gather(this.good);
    if (texts === null) {
      this.report([...missing, ...stale]);
      return null;
    }
    const key = JSON.stringify(texts);
    const isNew = key !== this.tried;
    this.tried = key;
    const built: Built = isNew ? await this.build(texts, build) : { problems: this.broken };
    if (this.stopped) return null;
    this.broken = built.problems ?? [];
    this.report([...this.broken, ...stale]);
    if (built.supergraph === undefined) return null;
    for (const hint of built.hints) this.parts.log.info({ hint }, 'the supergraph has a hint');
    this.good = texts;
    this.store(texts);
    return built.supergraph;
  }

  private async makeStored(build: Build): Promise<Supergraph | null> {
    if (this.good === null) return null;
    const { supergraph } = await this.build(this.good, build);
    if (supergraph === undefined) return null;
    this.parts.log.warn('the supergraph of an earlier run is served');
    return supergraph;
  }

  private async build(texts: SupergraphTexts, build: Build): Promise<Built> {
    const { env, settings } = this.parts;
    let config: SupergraphConfig = emptyConfig;
    try {
      if (texts.config !== null) {
        config = parseSupergraphConfig(texts.config, settings.config ?? '', env);
      }
    } catch (error) {
      return { problems: (error as ConfigError).message.split('\n') };
    }
    const sdls = new Map(Object.entries(texts.sdls));
    return build({ config, sdls, ready: texts.ready ?? undefined });
  }

  private async inThread(parts: SupergraphParts): Promise<Built> {
    try {
      return await this.thread.build(parts);
    } catch (error) {
      return { problems: [`it cannot be composed: ${(error as Error).message}`] };
    }
  }

  private store(texts: SupergraphTexts): void {
    try {
      this.stored.write(texts);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      this.parts.log.warn({ code }, 'the supergraph cannot be kept for the next start');
    }
  }

  /** Each problem is logged when it comes, and not again while it stays. */
  private report(lines: string[]): void {
    const before = this.troubles;
    this.troubles = [...new Set(lines)];
    for (const problem of this.troubles) {
      if (!before.includes(problem))
        this.parts.log.warn({ problem }, 'the supergraph has a problem');
    }
  }
}
