import { cpSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { defineConfig } from 'vitepress';

const ROOT = resolve(import.meta.dirname, '../../..');

interface Section {
  text: string;
  pages: Record<string, string>;
}

const sections = JSON.parse(readFileSync(join(import.meta.dirname, '../pages.json'), 'utf8')) as Section[];
const pages = sections.flatMap((section) => Object.values(section.pages));

/** Files of the repository that pages link to, and which are none: they lie beside the pages, as text that browsers show. */
const linked = new Set<string>();

/** The folder's own page, or the file itself: a page, or one that is copied. */
function destinationOf(page: string, href: string): string | null {
  const [path = '', anchor] = href.split('#');
  const target = join(dirname(page), decodeURIComponent(path));
  const isFolder = statSync(join(ROOT, target)).isDirectory();
  const file = isFolder ? join(target, 'README.md') : target;
  const to = isFolder ? `${path}/README.md` : path;
  if (pages.includes(file)) return anchor === undefined ? to : `${to}#${anchor}`;
  if (isFolder) return null;
  linked.add(file);
  return `${path}.txt`;
}

export default defineConfig({
  title: 'Passkey sign-in for NestJS',
  srcDir: ROOT,
  outDir: join(import.meta.dirname, '../dist'),
  cacheDir: join(import.meta.dirname, '../node_modules/.cache'),
  srcExclude: [
    '{apps,bench,data,deploy,scripts,test,.changeset}/**',
    'libs/*/api/**',
    'docs/site/**',
    '**/dist/**',
  ],
  rewrites: { 'README.md': 'index.md' },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [
      { text: 'Libraries', link: '/api/index.html', target: '_self' },
      { text: 'HTTP API of a running server', link: 'http://localhost:3000/docs' },
    ],
    sidebar: sections.map(({ text, pages: ofSection }) => ({
      text,
      collapsed: text !== 'Getting started',
      items: Object.entries(ofSection).map(([title, page]) => ({
        text: title,
        link: `/${page === 'README.md' ? '' : page.replace(/\.md$/, '')}`,
      })),
    })),
  },
  ignoreDeadLinks: 'localhostLinks',
  markdown: {
    // Anchors are written as the repository's pages have them.
    anchor: {
      slugify: (text) =>
        text
          .toLowerCase()
          .replace(/[^\p{L}\p{N}\s_-]/gu, '')
          .replaceAll(' ', '-'),
    },
    config(md) {
      md.core.ruler.push('links-of-the-repository', ({ tokens, env }) => {
        const { relativePath } = env as { relativePath: string };
        const page = relativePath === 'index.md' ? 'README.md' : relativePath;
        for (const block of tokens) {
          for (const token of block.children ?? []) {
            const href = token.type === 'link_open' ? String(token.attrGet('href')) : '#';
            if (/^([a-z]+:|#)/.test(href)) continue;
            const to = destinationOf(page, href);
            if (to === null) token.attrSet('href', '#');
            else token.attrSet('href', to.replace(/^((\.\.\/)*)README\.md/, '$1index.md'));
          }
        }
      });
    },
  },
  buildEnd({ outDir, pages: found }) {
    const unlisted = found.filter((page) => !pages.includes(page));
    if (unlisted.length > 0) throw new Error(`pages.json: lacks ${unlisted.join(', ')}`);
    for (const file of linked) cpSync(join(ROOT, file), join(outDir, `${file}.txt`));
  },
});
