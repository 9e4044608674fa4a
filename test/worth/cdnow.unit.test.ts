import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cdnowDrawings } from '../../scripts/cdnow/drawings';
import { cdnowFigures } from '../../scripts/cdnow/figures';
import { cdnowTables } from '../../scripts/cdnow/table';

const root = join(__dirname, '../..');

describe('the models on the purchases of CDNOW', () => {
  const figures = cdnowFigures(join(root, 'examples/data/cdnow-sample.txt'));
  const { fitted, weeks, frequencies } = figures;

  test('have the parameters of the paper, to its three figures', () => {
    expect(fitted.customers).toBe(2357);
    expect(fitted.buying.r.toFixed(3)).toBe('0.243');
    expect(fitted.buying.alpha.toFixed(3)).toBe('4.414');
    expect(fitted.buying.a.toFixed(3)).toBe('0.793');
    expect(fitted.buying.b.toFixed(3)).toBe('2.426');
    expect(fitted.buyingLogLikelihood.toFixed(1)).toBe('-9582.4');
  });

  test('have the parameters of the note on spending, to its three figures', () => {
    expect(fitted.spenders).toBe(946);
    expect(fitted.spending.p.toFixed(2)).toBe('6.25');
    expect(fitted.spending.q.toFixed(2)).toBe('3.74');
    expect((fitted.spending.v / 100).toFixed(2)).toBe('15.44');
  });

  test('come to the repeat purchases of all 78 weeks to within a twentieth', () => {
    const [half, end] = [weeks[38]!, weeks[77]!];
    expect(Math.abs(end.expected / end.bought - 1)).toBeLessThan(0.05);
    // The second half alone is foretold too low, as the drawing shows.
    const foretold = end.expected - half.expected;
    expect(Math.abs(foretold / (end.bought - half.bought) - 1)).toBeLessThan(0.12);
  });

  test('count every customer once and every repeat day of the file once', () => {
    expect(frequencies.reduce((sum, { customers }) => sum + customers, 0)).toBe(2357);
    const later = frequencies.reduce((sum, row) => sum + row.bought * row.customers, 0);
    expect(weeks[38]!.bought + Math.round(later)).toBe(weeks[77]!.bought);
  });

  test('expect more of those who came back more often', () => {
    const expected = frequencies.map((row) => row.expected);
    expect(expected).toEqual([...expected].sort((one, other) => one - other));
  });

  test('give the tables that the documentation shows', () => {
    const page = readFileSync(join(root, 'docs/worth-model.md'), 'utf8');
    const shown = /<!-- cdnow -->\n([^]*)\n<!-- \/cdnow -->/.exec(page)?.[1];
    const cells = (text = '') => text.replace(/[ -]+/g, ' ').trim();
    expect(cells(shown)).toBe(cells(cdnowTables(figures)));
  });

  test('give the drawings that the documentation shows', () => {
    const drawings = cdnowDrawings(root, figures);
    expect(Object.keys(drawings)).toEqual(['cdnow-weeks.svg', 'cdnow-frequencies.svg']);
    for (const [name, svg] of Object.entries(drawings)) {
      expect(readFileSync(join(root, 'docs/images', name), 'utf8')).toBe(svg);
      expect(svg).toContain('prefers-color-scheme: dark');
    }
  });
});
