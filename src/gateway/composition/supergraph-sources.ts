import type { ConfigError } from '../../platform/config';
import { parseSupergraphConfig, type SupergraphConfig } from './config';
import type { SupergraphTexts } from './last-good';
import { readSource, type TextSource } from './source';
import type { KeeperParts } from './supergraph-keeper';
import { WatchedSource } from './watched-source';

/** What the sources say together. */
export interface Gathered {
  /** Null while something that is needed is not there. */
  texts: SupergraphTexts | null;
  /** Why there are no texts. */
  problems: string[];
  /** What could not be read again; what was read before stands in for it. */
  stale: string[];
}

interface Watched {
  key: string;
  source: WatchedSource;
}

/** What the configuration leads to: its problems, and the SDL of each partner by name. */
interface Followed {
  problems: string[];
  partners: ReadonlyMap<string, Watched>;
}

/** Reads the configuration, partners' SDLs and a ready supergraph over and over. */
export class SupergraphSources {
  private readonly config: WatchedSource | null;
  private readonly ready: WatchedSource | null;
  private followed: Followed = { problems: [], partners: new Map() };
  private following: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    private readonly parts: KeeperParts,
    private readonly changed: () => void,
  ) {
    const { config, sdl } = parts.settings;
    const again = () => this.followAgain();
    this.config = config === null ? null : this.watched({ kind: 'file', path: config }, again);
    this.ready = sdl === null ? null : this.watched(locationOf(sdl), changed);
  }

  /** Reads everything for the first time. */
  async start(): Promise<void> {
    await Promise.all([this.config?.start(), this.ready?.start()]);
    await this.follow();
  }

  stop(): void {
    this.stopped = true;
    this.config?.stop();
    this.ready?.stop();
    for (const { source } of this.followed.partners.values()) source.stop();
  }

  /** What there is now; for what was never read, the texts of `good` stand in. */
  gather(good: SupergraphTexts | null): Gathered {
    const stale: string[] = [];
    const problems = [...this.followed.problems];
    const pick = (name: string, source: WatchedSource | null, spare: string | null) => {
      const text = source?.text ?? spare;
      const line = source?.problem && `${name}: ${source.problem}`;
      if (line) (text === null ? problems : stale).push(line);
      return text;
    };
    const config = this.config && pick('SUPERGRAPH_CONFIG', this.config, null);
    const ready = this.ready && pick('SUPERGRAPH_SDL', this.ready, good?.ready ?? null);
    const sdls: Record<string, string> = {};
    for (const [name, { source }] of this.followed.partners) {
      const sdl = pick(name, source, good?.sdls[name] ?? null);
      if (sdl !== null) sdls[name] = sdl;
    }
    if (problems.length > 0) return { texts: null, problems, stale };
    return { texts: { config, ready, sdls }, problems, stale };
  }

  private watched(source: TextSource, changed: () => void): WatchedSource {
    const { limits } = this.parts;
    const timing = {
      intervalMs: limits.supergraphPollMs,
      longestMs: limits.supergraphLongestPollMs,
    };
    return new WatchedSource(() => readSource(source, limits), timing, changed);
  }

  private followAgain(): void {
    this.following = this.following.then(async () => {
      await this.follow();
      if (!this.stopped) this.changed();
    });
  }

  /** Takes the configuration as it is now; a broken one leaves the partners as they are. */
  private async follow(): Promise<void> {
    const { settings, env } = this.parts;
    const text = this.config?.text ?? null;
    if (text === null) return;
    let config: SupergraphConfig;
    try {
      config = parseSupergraphConfig(text, settings.config ?? '', env);
    } catch (error) {
      const problems = (error as ConfigError).message.split('\n');
      this.followed = { ...this.followed, problems };
      return;
    }
    const before = this.followed.partners;
    const partners = this.ready === null ? this.partnersOf(config) : new Map<string, Watched>();
    const added = [...partners].filter(([name, { source }]) => before.get(name)?.source !== source);
    await Promise.all(added.map(([, { source }]) => source.start()));
    for (const [name, { source }] of before) {
      if (partners.get(name)?.source !== source) source.stop();
    }
    this.followed = { problems: [], partners };
    if (this.stopped) this.stop();
  }

  private partnersOf({ partners }: SupergraphConfig): Map<string, Watched> {
    const watched = new Map<string, Watched>();
    for (const { settings, schema } of partners) {
      if (schema === null) continue;
      const key = JSON.stringify(schema);
      const before = this.followed.partners.get(settings.name);
      const source = before?.key === key ? before.source : this.watched(schema, this.changed);
      watched.set(settings.name, { key, source });
    }
    return watched;
  }
}

/** A path, or an address to fetch from. */
function locationOf(sdl: string): TextSource {
  return /^https?:\/\//.test(sdl) ? { kind: 'document', url: sdl } : { kind: 'file', path: sdl };
}
