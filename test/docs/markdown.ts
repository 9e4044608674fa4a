import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** The project's folder. */
export const root = join(__dirname, '../..');

const passedOver = new Set(['node_modules', 'dist', 'coverage']);

/** A page of the documentation. */
export interface Page {
  /** Counted from the project's folder. */
  path: string;
  text: string;
}

export function readPage(path: string): Page {
  return { path, text: readFileSync(join(root, path), 'utf8') };
}

/** Every Markdown file of the project. */
export function allPages(folder = root): Page[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      return passedOver.has(entry.name) || entry.name.startsWith('.') ? [] : allPages(path);
    }
    return entry.name.endsWith('.md') ? [readPage(relative(root, path))] : [];
  });
}

/** The text without fenced blocks, in which nothing is a link or a heading. */
export function prose({ text }: Page): string {
  return text.replace(/^```.*?^```$/gms, '');
}

/** Fenced blocks of a language, in order. */
export function blocks({ text }: Page, language: string): string[] {
  return [...text.matchAll(/^```(\w*)\n(.*?)^```$/gms)]
    .filter(([, found]) => found === language)
    .map(([, , body = '']) => body);
}

/** The rows of the table whose head begins with this cell, without head and rule. */
export function tableRows({ path, text }: Page, firstHead: string): string[][] {
  const lines = text.split('\n');
  const head = lines.findIndex((line) => line.startsWith(`| ${firstHead} |`));
  if (head < 0) throw new Error(`${path} has no table that begins with ${firstHead}`);
  const rows = lines.slice(head + 2);
  const end = rows.findIndex((line) => !line.startsWith('|'));
  return rows.slice(0, end < 0 ? undefined : end).map(cellsOf);
}

function cellsOf(row: string): string[] {
  return row
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.trim());
}
