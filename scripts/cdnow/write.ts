import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cdnowDrawings } from './drawings';
import { cdnowFigures } from './figures';
import { cdnowTables } from './table';

const root = join(__dirname, '../../..');
const page = join(root, 'docs/worth-model.md');

/** Fits the models on CDNOW anew, and writes the tables and drawings of docs/worth-model.md. */
const figures = cdnowFigures(join(root, 'examples/data/cdnow-sample.txt'));
const markers = /(<!-- cdnow -->\n)[^]*(\n<!-- \/cdnow -->)/;
const text = readFileSync(page, 'utf8');
if (!markers.test(text)) throw new Error(`${page} has no markers`);
writeFileSync(page, text.replace(markers, `$1\n${cdnowTables(figures)}\n$2`));
for (const [name, svg] of Object.entries(cdnowDrawings(root, figures))) {
  writeFileSync(join(root, 'docs/images', name), svg);
}
console.log(cdnowTables(figures));
