/*
 * Builds the library in whose folder it is run, to its dist/: CommonJS, which both module systems of Node.js load, so that
 * a server never has two copies of one class.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';

const ROOT = resolve(import.meta.dirname, '..');
const CLIENT = join(ROOT, 'libs/passkey-client');
const DIST = resolve('dist');

/** A file of the client that the server has too. The package brings its own: a server needs no browser's client. */
const SHARED = 'passkey-sign-in-client/typed-text';

const compile = (project) =>
  execFileSync(process.execPath, [join(ROOT, 'node_modules/@typescript/native/bin/tsc'), '-p', project], {
    stdio: 'inherit',
  });

rmSync(DIST, { recursive: true, force: true });
if (readFileSync('tsconfig.build.json', 'utf8').includes(SHARED)) compile(CLIENT);
compile('tsconfig.build.json');

const compiled = readdirSync(DIST, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.js'),
);
const users = compiled
  .map((file) => join(DIST, file))
  .filter((file) => readFileSync(file, 'utf8').includes(SHARED));
if (users.length > 0) {
  const source = readFileSync(join(CLIENT, 'src/typed-text.ts'), 'utf8');
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2023 },
  });
  writeFileSync(join(DIST, 'typed-text.js'), outputText);
}
for (const file of users) {
  const path = relative(dirname(file), join(DIST, 'typed-text.js'));
  const here = path.startsWith('.') ? path : `./${path}`;
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll(`"${SHARED}"`, `"${here}"`));
}
