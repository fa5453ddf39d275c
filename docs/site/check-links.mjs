/* Sees that what the site's pages link to in the site is there, anchors too. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const SITE = join(import.meta.dirname, 'dist');
const texts = new Map(
  readdirSync(SITE, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.html'))
    .map((page) => [join(SITE, page), readFileSync(join(SITE, page), 'utf8')]),
);
const idsOf = new Map(
  [...texts].map(([page, text]) => [
    page,
    new Set([...text.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id)),
  ]),
);

/** The file that a server answers with. */
const fileOf = (path) =>
  [path, `${path}.html`, join(path, 'index.html')].find(
    (file) => existsSync(file) && statSync(file).isFile(),
  );

const dead = [...texts].flatMap(([page, text]) =>
  [...text.matchAll(/<a\s[^>]*?href="([^"]*)"/g)]
    .map(([, href]) => href.replaceAll('&amp;', '&'))
    .filter((href) => !/^[a-z]+:/.test(href))
    .filter((href) => {
      const [path, anchor] = href.split('#').map(decodeURIComponent);
      const target = path.startsWith('/') ? join(SITE, path) : resolve(dirname(page), path);
      const file = path === '' ? page : fileOf(target);
      return file === undefined || (anchor && file.endsWith('.html') && !idsOf.get(file)?.has(anchor));
    })
    .map((href) => `${relative(SITE, page)}: ${href}`),
);
const pages = `${texts.size} pages`;
if (dead.length > 0) {
  console.error(`${pages}; nothing is where these links lead:\n${[...new Set(dead)].join('\n')}`);
  process.exit(1);
}
console.log(`${pages}, no dead link`);
