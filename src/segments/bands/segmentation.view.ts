import { monetaryAmount, type MonetaryAmount } from '../../platform/graphql/money.type';
import type { Measure } from '../../platform/graphql/measure.type';
import { bandOf } from './band-of';
import {
  AttentivenessEnum,
  BandEnum,
  modelVersions,
  ProgressEnum,
  type Attentiveness,
  type Progress,
  type SegmentationModel,
} from './models';
import type { FoundCell, FoundSegmentation, TwoSegmentations } from './segmentation.loader';
import type {
  Segmentation,
  SegmentationBand,
  TransactionAttentionCell,
  TransactionAttentionTable,
} from './segmentation.type';

interface Sum {
  customers: number;
  revenue: number;
  worth: number;
}

function sumOf(cells: readonly FoundCell[], isIn: (cell: FoundCell) => boolean): Sum {
  const sum = { customers: 0, revenue: 0, worth: 0 };
  for (const cell of cells.filter(isIn)) {
    sum.customers += cell.customers;
    sum.revenue += cell.revenue;
    sum.worth += cell.worth;
  }
  return sum;
}

/** What every measure says, without being one. */
type Said = Pick<Measure, 'asOf' | 'window' | 'modelVersion'>;

function measureOf(found: FoundSegmentation, model: SegmentationModel): Said {
  const { asOf, trailingDays } = found;
  const from = new Date(asOf.getTime() - trailingDays * 86_400_000);
  return { asOf, window: { from, until: asOf }, modelVersion: modelVersions[model] };
}

/** A division as the graph shows it. */
export function segmentationView(
  { last, before }: TwoSegmentations,
  model: SegmentationModel,
): Segmentation {
  const all = sumOf(last.cells, () => true);
  const money = (minor: number): MonetaryAmount =>
    monetaryAmount({ minor, currency: last.currency });
  const bands = Object.values(BandEnum).map((band): SegmentationBand => {
    const isIn = (cell: FoundCell): boolean => cell.band === band;
    const sum = sumOf(last.cells, isIn);
    return {
      band,
      customers: sum.customers,
      share: all.customers === 0 ? 0 : sum.customers / all.customers,
      revenue: money(sum.revenue),
      revenueShare: all.revenue > 0 ? sum.revenue / all.revenue : null,
      lifetimeValue: money(sum.worth),
      netMovement: before === null ? null : sum.customers - sumOf(before.cells, isIn).customers,
    };
  });
  return { ...measureOf(last, model), model, bands, comparedWith: before?.asOf ?? null };
}

/** Whoever is in a cell of the table, told by what the model says of its row and column. */
function bandOfCell(progress: Progress, attentiveness: Attentiveness) {
  const orders = { NO_ORDER: 0, FIRST: 1, REPEAT: 2, LOYAL: 4 }[progress];
  const dormancy = { ATTENTIVE: 'ACTIVE', DRIFTING: 'DRIFTING', GONE: 'LOST' }[attentiveness];
  return bandOf('TAT_2026', { orders, worth: 0, dormancy }, { best: null, rest: null });
}

/** The Transaction–Attention Table as the graph shows it. */
export function tableView({ last, before }: TwoSegmentations): TransactionAttentionTable {
  const money = (minor: number): MonetaryAmount =>
    monetaryAmount({ minor, currency: last.currency });
  const cellOf = (progress: Progress, attentiveness: Attentiveness): TransactionAttentionCell => {
    const isIn = (cell: FoundCell): boolean =>
      cell.progress === progress && cell.attentiveness === attentiveness;
    const { customers, revenue } = sumOf(last.cells, isIn);
    return {
      progress,
      attentiveness,
      band: bandOfCell(progress, attentiveness),
      customers,
      revenue: money(revenue),
      revenueAtRisk: money(attentiveness === 'ATTENTIVE' ? 0 : revenue),
      netMovement: before === null ? null : customers - sumOf(before.cells, isIn).customers,
    };
  };
  const cells = Object.values(ProgressEnum).flatMap((progress) =>
    Object.values(AttentivenessEnum).map((attentiveness) => cellOf(progress, attentiveness)),
  );
  return {
    ...measureOf(last, 'TAT_2026'),
    model: 'TAT_2026',
    cells,
    comparedWith: before?.asOf ?? null,
  };
}
