import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';

const page = join(__dirname, '../../docs/performance.md');

/** A table row by row; the first row is its head. */
export type Rows = readonly (readonly string[])[];

/** Rows as a Markdown table. */
export function tableOf([head = [], ...rows]: Rows): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** The machine and the day, in a sentence. */
export function machine(): string {
  const [first] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const day = new Date().toISOString().slice(0, 10);
  const model = (first?.model ?? '').trim() || 'unknown';
  return `${day}, ${cpus().length} cores (${model}), ${memory} GiB, Node ${process.version}; clients, server and PostgreSQL on one machine.`;
}

/** Puts figures between the marks of that name in docs/performance.md, instead of the last ones. */
export function writeFigures(name: string, text: string): void {
  const before = readFileSync(page, 'utf8');
  const [begin, end] = [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`];
  const from = before.indexOf(begin) + begin.length;
  const to = before.indexOf(end);
  if (from < begin.length || to < from) throw new Error(`${page} has no place for ${name}`);
  writeFileSync(page, `${before.slice(0, from)}\n\n${text}\n\n${before.slice(to)}`);
}
