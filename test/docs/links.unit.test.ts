import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { allPages, prose, readPage, root, type Page } from './markdown';

/** What GitHub makes of a heading. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
}

function anchorsOf(page: Page): string[] {
  return [...prose(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));
}

/** Targets of a page's links that lie in this project. */
function linksOf(page: Page): string[] {
  return [...prose(page).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target));
}

function resolves(page: Page, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page.path : join(dirname(page.path), path);
  if (target.startsWith('..') || !existsSync(join(root, target))) return false;
  return anchor === undefined || anchorsOf(readPage(target)).includes(anchor);
}

describe('the documentation', () => {
  const pages = allPages();

  it('has links, and each leads to a file or a heading that is there', () => {
    const links = pages.flatMap((page) => linksOf(page).map((link) => ({ page, link })));
    const broken = links
      .filter(({ page, link }) => !resolves(page, link))
      .map(({ page, link }) => `${page.path}: ${link}`);

    expect(links.length).toBeGreaterThan(100);
    expect(broken).toEqual([]);
  });

  it('can be reached from docs/README.md, page by page', () => {
    const index = readPage('docs/README.md');
    const linked = linksOf(index).map((link) => join('docs', link));
    const missing = pages
      .map(({ path }) => path)
      .filter((path) => path.startsWith('docs/') && path !== index.path && !linked.includes(path));

    expect(missing).toEqual([]);
  });

  it.each(['#no-such-heading', 'no-such-file.md', '../../outside.md'])(
    'would be told of a link to %s',
    (link) => {
      expect(resolves(readPage('docs/README.md'), link)).toBe(false);
    },
  );

  it('says nothing of the machine it was written on', () => {
    const told = pages.filter(({ text }) => /(^|[\s(`])\/(work|home|root)\//m.test(text));
    expect(told.map(({ path }) => path)).toEqual([]);
  });
});
