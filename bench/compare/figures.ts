/** A figure of the comparison: what is asked of it, and what would be better still; `null` is only told. */
interface Figure {
  part: PartName;
  title: string;
  ask: number | null;
  stretch: number | null;
  /** Whether less is better, as of times. */
  falling?: true;
}

export type PartName = 'view' | 'record' | 'ledger';

/** Every figure that `npm run bench` prints, by its key in `ratios`. */
export const figures = {
  'view.vsHandwrittenSql': {
    part: 'view',
    title: 'customer views a second over one hand-written statement behind `node:http`',
    ask: 0.35,
    stretch: 0.65,
  },
  'view.vsPostgraphile': {
    part: 'view',
    title: 'customer views a second over PostGraphile 5 on the same tables',
    ask: 1.5,
    stretch: 2.5,
  },
  'view.vsNaiveTypeorm': {
    part: 'view',
    title: 'customer views a second over TypeORM repositories and DataLoader behind Apollo Server',
    ask: 3,
    stretch: 6,
  },
  'view.latencyGrowth1e4to1e6': {
    part: 'view',
    title: 'median of a customer view over a million events, over that of ten thousand',
    ask: 1.5,
    stretch: 1.1,
    falling: true,
  },
  'view.p99at16ms': {
    part: 'view',
    title: 'milliseconds of the 99th percentile of a customer view, 16 connections',
    ask: null,
    stretch: null,
    falling: true,
  },
  'record.vsPgbenchTpcb': {
    part: 'record',
    title: '`recordAttention` a second, 128 connections, one brand, over TPC-B of 8 clients',
    ask: 1.2,
    stretch: 2,
  },
  'record.vsNaiveTypeorm': {
    part: 'record',
    title: '`recordAttention` a second, one brand, over one TypeORM transaction a mutation',
    ask: 10,
    stretch: 30,
  },
  'record.hotVsSpread': {
    part: 'record',
    title: '`recordAttention` a second of one brand over that of a thousand brands',
    ask: 0.8,
    stretch: 1,
  },
  'record.p99at128ms': {
    part: 'record',
    title: 'milliseconds of the 99th percentile of `recordAttention`, 128 connections, one brand',
    ask: null,
    stretch: null,
    falling: true,
  },
  'recordBatch.vsPgbenchTpcb': {
    part: 'record',
    title: 'events a second by `recordAttentionBatch` of 100 over TPC-B of 8 clients',
    ask: 3,
    stretch: 5,
  },
  'ledger.vsCopy': {
    part: 'ledger',
    title: 'transfers posted a second, 1,000 in a transaction, over `COPY` of the same rows',
    ask: 0.3,
    stretch: 0.5,
  },
} as const satisfies Record<string, Figure>;

export type FigureKey = keyof typeof figures;

/** The figure of a key. */
export function figureOf(key: FigureKey): Figure {
  return figures[key];
}
