import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const texts = z.object({
  /** The configuration as it is written: variables stand for what is secret. */
  config: z.string().nullable(),
  sdls: z.record(z.string(), z.string()),
  ready: z.string().nullable(),
});

const storedSet = z.object({ of: z.string(), texts });

/** The texts a supergraph was made of. */
export type SupergraphTexts = z.infer<typeof texts>;

/**
 * The texts of the last supergraph that could be served, on disk, so that a service comes up while a
 * partner is down. `of` names the settings they were found by; texts of other settings do not count.
 */
export class LastGood {
  private readonly folder: string;
  private readonly file: string;

  constructor(
    dataDir: string,
    private readonly of: string,
  ) {
    this.folder = join(dataDir, 'supergraph');
    this.file = join(this.folder, 'last-good.json');
  }

  /** Null when nothing usable is there. */
  read(): SupergraphTexts | null {
    try {
      const stored = storedSet.parse(JSON.parse(readFileSync(this.file, 'utf8')));
      return stored.of === this.of ? stored.texts : null;
    } catch {
      return null;
    }
  }

  /** Replaces what is there at once, so that nobody reads half of it. Throws what the disk throws. */
  write(good: SupergraphTexts): void {
    mkdirSync(this.folder, { recursive: true });
    const draft = `${this.file}.${process.pid}`;
    writeFileSync(draft, JSON.stringify({ of: this.of, texts: good }), { mode: 0o600 });
    renameSync(draft, this.file);
  }
}
