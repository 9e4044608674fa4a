import { figures, type FigureKey } from '../../bench/compare/figures';
import { blockOf, figuresBlock, fixedCells } from '../../bench/compare/page';
import { readPage } from './markdown';

const keys = Object.keys(figures) as FigureKey[];

/** Rows of a table without its head, each as its cells. */
function rowsOf(block: string): string[][] {
  return block
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.slice(2, -2).split(/ *\| */));
}

describe('docs/performance.md', () => {
  const rows = rowsOf(blockOf(readPage('docs/performance.md').text));

  it('has a row for each figure that npm run bench prints, with what is asked of it, and no other', () => {
    expect(rows.map((cells) => cells.slice(0, 4))).toEqual(keys.map(fixedCells));
  });

  it('would show a figure that falls short as one', () => {
    const machine = {
      date: '2026-11-22',
      cores: 2,
      cpu: 'some',
      gigabytes: 24,
      node: 'v22',
      postgresql: '18',
      settings: {},
      packages: {},
      loadAverage: [0, 0, 0],
    };
    const block = figuresBlock({
      ratios: { 'ledger.vsCopy': 0.29, 'view.latencyGrowth1e4to1e6': 1.2 },
      spread: { 'ledger.vsCopy': [0.2, 0.4], 'view.latencyGrowth1e4to1e6': [1, 2] },
      machine,
    });
    const told = new Map(rowsOf(block).map((cells) => [cells[0], cells.slice(4)]));
    expect(told.get('`ledger.vsCopy`')).toEqual(['**0.29**', '0.2 to 0.4', 'less than asked']);
    expect(told.get('`view.latencyGrowth1e4to1e6`')).toEqual(['**1.2**', '1 to 2', 'as asked']);
    expect(told.get('`record.vsPgbenchTpcb`')?.[0]).toBe('not measured');
  });
});
