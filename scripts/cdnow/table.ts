import type { CdnowFigures } from './figures';

/** What the paper and the note report of the same half of the same data. */
const published = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426, logLikelihood: -9582.4 };
const publishedSpending = { p: 6.25, q: 3.74, v: 15.44 };

/** The figures as tables in Markdown, as they stand in docs/worth-model.md. */
export function cdnowTables({ fitted, weeks, frequencies }: CdnowFigures): string {
  const { r, alpha, a, b } = fitted.buying;
  const { p, q, v } = fitted.spending;
  const half = weeks[weeks.length / 2 - 1];
  const end = weeks.at(-1);
  if (half === undefined || end === undefined) throw new Error('there are no weeks');
  const [bought, expected] = [end.bought - half.bought, end.expected - half.expected];
  return [
    ...table('| parameter | fitted | published |', [
      ['r', r.toFixed(3), published.r],
      ['α', alpha.toFixed(3), published.alpha],
      ['a', a.toFixed(3), published.a],
      ['b', b.toFixed(3), published.b],
      ['log-likelihood', fitted.buyingLogLikelihood.toFixed(1), published.logLikelihood],
      ['p', p.toFixed(2), publishedSpending.p],
      ['q', q.toFixed(2), publishedSpending.q],
      ['γ, in dollars', (v / 100).toFixed(2), publishedSpending.v],
    ]),
    '',
    ...table('| repeat purchases | bought | expected | off by |', [
      ['weeks 1 to 39, fitted', half.bought, half.expected.toFixed(0), off(half)],
      ['weeks 40 to 78, foretold', bought, expected.toFixed(0), off({ bought, expected })],
      ['all 78 weeks', end.bought, end.expected.toFixed(0), off(end)],
    ]),
    '',
    ...table(
      '| repeats in the first half | customers | bought in the second, each | expected |',
      frequencies.map(({ repeats, customers, ...means }, at) => [
        at === frequencies.length - 1 ? `${repeats} and more` : repeats,
        customers,
        means.bought.toFixed(2),
        means.expected.toFixed(2),
      ]),
    ),
  ].join('\n');
}

function off({ bought, expected }: { bought: number; expected: number }): string {
  return `${((expected / bought - 1) * 100).toFixed(1)} %`.replace('-', '−');
}

function table(head: string, rows: (string | number)[][]): string[] {
  const line = head.replace(/[^|]+/g, '---');
  return [head, line, ...rows.map((cells) => `| ${cells.join(' | ').replace(/-(?=\d)/g, '−')} |`)];
}
