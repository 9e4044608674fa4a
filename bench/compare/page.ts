import { readFileSync, writeFileSync } from 'node:fs';
import { figures, type FigureKey } from './figures';
import { machineText } from './machine';
import { verdictOn, type Report } from './report';

export const pagePath = 'docs/performance.md';
const begins = '<!-- npm run bench -- --write: begins -->';
const ends = '<!-- ends -->';

/** The cells of a figure's row that do not come from measuring: key, what it is, what is asked and hoped for. */
export function fixedCells(key: FigureKey): string[] {
  const { title, ask, stretch, falling } = { falling: false, ...figures[key] };
  const goal = (value: number | null): string =>
    value === null ? 'told' : `${falling ? '≤' : '≥'} ${value}`;
  return [`\`${key}\``, title, goal(ask), goal(stretch)];
}

/** The figures as the page shows them. */
export function figuresBlock({ ratios, spread, machine }: Report): string {
  const rows = (Object.keys(figures) as FigureKey[]).map((key) => {
    const value = ratios[key];
    const [least, most] = spread[key] ?? [];
    const measured =
      value === undefined
        ? ['not measured', '', '']
        : [`**${value}**`, `${least} to ${most}`, verdictOn(key, value)];
    return `| ${[...fixedCells(key), ...measured].join(' | ')} |`;
  });
  return [
    ...machineText(machine)
      .split('\n')
      .map((line) => `${line}.\n`),
    '| figure | what it is | asked | hoped for | median | least to most of the rounds | |',
    '|---|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

/** The block of a page, without its marks; throws when the page has none. */
export function blockOf(page: string): string {
  const from = page.indexOf(begins);
  const to = page.indexOf(ends, from);
  if (from < 0 || to < 0) throw new Error(`${pagePath} has lost the marks of its figures`);
  return page.slice(from + begins.length, to).trim();
}

/** Puts the figures into the page. */
export function writePage(report: Report): void {
  const page = readFileSync(pagePath, 'utf8');
  const block = blockOf(page);
  writeFileSync(
    pagePath,
    page.replace(block, () => figuresBlock(report)),
  );
}
