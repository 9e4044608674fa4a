import type { CdnowFigures } from './figures';

/** A drawing in the grammar of Vega. */
export type Chart = Record<string, unknown>;

/** Colours on white; the drawing swaps them on dark pages. */
const ink = '#24292f';
const faint = '#d0d7de';
const colours = { bought: '#0969da', expected: '#bc4c00' };

const rounded = (value: number): number => Math.round(value * 100) / 100;

/** Both drawings, by the name of their file. */
export function cdnowCharts({ weeks, frequencies }: CdnowFigures): Record<string, Chart> {
  const most = String(frequencies.length - 1);
  return {
    'cdnow-weeks': chart({
      described: 'Repeat purchases until each week, bought and expected: both lines nearly meet.',
      rows: weeks.map(({ week, bought, expected }) => ({
        at: week,
        bought,
        expected: rounded(expected),
      })),
      titles: ['week; the model has seen 39', 'repeat purchases until then'],
      rule: 39,
    }),
    'cdnow-frequencies': chart({
      described: 'Mean purchases in weeks 40 to 78 by repeats in weeks 1 to 39: both lines rise.',
      rows: frequencies.map(({ repeats, bought, expected }) => ({
        at: String(repeats) === most ? `${most}+` : String(repeats),
        bought: rounded(bought),
        expected: rounded(expected),
      })),
      titles: ['repeat purchases in weeks 1 to 39', 'purchases in weeks 40 to 78, each'],
    }),
  };
}

interface Drawing {
  described: string;
  rows: { at: number | string; bought: number; expected: number }[];
  titles: [across: string, up: string];
  /** Where a dashed line parts what was seen from what was foretold. */
  rule?: number;
}

function chart({ described, rows, titles: [across, up], rule }: Drawing): Chart {
  const scale = typeof rows[0]?.at === 'number' ? 'linear' : 'point';
  const text = { labelColor: ink, titleColor: ink, domainColor: ink, tickColor: ink };
  const axis = { ...text, labelFontSize: 12, titleFontSize: 13, gridColor: faint };
  return {
    description: described,
    width: 640,
    height: 320,
    padding: 10,
    data: [{ name: 'rows', values: rows }],
    scales: [
      { name: 'x', type: scale, range: 'width', domain: { data: 'rows', field: 'at' }, zero: true },
      {
        name: 'y',
        range: 'height',
        nice: true,
        zero: true,
        domain: { data: 'rows', fields: ['bought', 'expected'] },
      },
      {
        name: 'colour',
        type: 'ordinal',
        domain: Object.keys(colours),
        range: Object.values(colours),
      },
    ],
    axes: [
      { ...axis, orient: 'bottom', scale: 'x', title: across },
      { ...axis, orient: 'left', scale: 'y', title: up, grid: true },
    ],
    legends: [
      { ...text, stroke: 'colour', orient: 'top-left', symbolType: 'stroke', labelFontSize: 13 },
    ],
    marks: [...(rule === undefined ? [] : [dashed(rule)]), line('bought'), line('expected')],
  };
}

function line(name: keyof typeof colours): Chart {
  return {
    type: 'line',
    from: { data: 'rows' },
    encode: {
      enter: {
        x: { scale: 'x', field: 'at' },
        y: { scale: 'y', field: name },
        stroke: { value: colours[name] },
        strokeWidth: { value: 2 },
        strokeDash: { value: name === 'expected' ? [6, 3] : [1, 0] },
      },
    },
  };
}

function dashed(at: number): Chart {
  const x = { scale: 'x', value: at };
  return {
    type: 'rule',
    encode: {
      enter: {
        x,
        y: { value: 0 },
        y2: { signal: 'height' },
        stroke: { value: ink },
        strokeDash: { value: [2, 4] },
      },
    },
  };
}

/** On dark pages: what a colour of the drawing becomes. */
const onDark = { [ink]: '#e6edf3', [faint]: '#30363d', '#0969da': '#58a6ff', '#bc4c00': '#ffa657' };

/** Lets a drawing change its colours with those of the page it is seen on. */
export function readableInTheDark(svg: string): string {
  const rules = Object.entries(onDark).flatMap(([light, dark]) => [
    `[fill="${light}"]{fill:${dark}}`,
    `[stroke="${light}"]{stroke:${dark}}`,
  ]);
  const style = `<style>@media (prefers-color-scheme: dark){${rules.join('')}}</style>`;
  return `${svg.replace(/(<svg[^>]*>)/, `$1${style}`)}\n`;
}
