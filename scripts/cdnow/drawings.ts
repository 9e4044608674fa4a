import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { cdnowCharts, readableInTheDark } from './charts';
import type { CdnowFigures } from './figures';

/** The drawings of the figures as SVG, by the name of their file; `root` is the repository. */
export function cdnowDrawings(root: string, figures: CdnowFigures): Record<string, string> {
  const draw = spawnSync(process.execPath, [join(root, 'scripts/cdnow/draw.mjs')], {
    cwd: root,
    input: JSON.stringify(cdnowCharts(figures)),
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  if (draw.status !== 0) throw new Error(draw.stderr);
  const drawn = JSON.parse(draw.stdout) as Record<string, string>;
  return Object.fromEntries(
    Object.entries(drawn).map(([name, svg]) => [`${name}.svg`, readableInTheDark(svg)]),
  );
}
