const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const ROOT = join(__dirname, '../..');
const LIBRARY = 'libs/experience-verification/src';
const TABLES = ['registration/steps/registration-steps.ts', 'authentication/steps/authentication-steps.ts'];

/**
 * A source without one of its checks.
 * @typedef {{ path: string, source: string }} Removal
 */

/** Of the module, unless it names apps/ or libs/ itself. */
const pathOf = (file) => join(ROOT, /^(apps|libs)\//.test(file) ? '' : LIBRARY, file);

/** @returns {Removal} */
function replaced(path, source, start, end, by) {
  return { path, source: source.slice(0, start) + by + source.slice(end) };
}

/** All nodes of a TypeScript file, with what `pick` makes of them. */
function nodesOf(path, pick) {
  // Loaded late: who only counts the entries does without.
  const ts = require('typescript');
  const source = readFileSync(path, 'utf8');
  const found = [];
  const visit = (node) => {
    const picked = pick(node, ts);
    if (picked) found.push(picked);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true));
  return { source, found };
}

function onlyOne(found, what) {
  if (found.length !== 1) throw new Error(`${what} was found ${found.length} times`);
  return found[0];
}

/** A step of the ceremonies' tables, by its key: its check becomes one of nothing. */
const step = (key) => () => {
  const checkOf = (node, ts) => {
    if (!ts.isObjectLiteralExpression(node)) return null;
    const valueOf = (name) => node.properties.find((member) => member.name?.getText() === name)?.initializer;
    return valueOf('step')?.text === key ? valueOf('check') : null;
  };
  const entries = TABLES.map(pathOf).flatMap((path) => {
    const { source, found } = nodesOf(path, checkOf);
    return found.map((check) => ({ path, source, check }));
  });
  const { path, source, check } = onlyOne(entries, `the step ${key}`);
  return replaced(path, source, check.getStart(), check.getEnd(), '() => {}');
};

/** A function, or a method as `Class.method`: its body becomes `statements`. */
const body = (file, name, statements) => () => {
  const path = pathOf(file);
  const bodyOf = (node, ts) => {
    if (ts.isFunctionDeclaration(node)) return node.name?.text === name && node.body;
    if (ts.isVariableDeclaration(node)) return node.name.getText() === name && node.initializer?.body;
    if (!ts.isMethodDeclaration(node) && !ts.isGetAccessor(node)) return null;
    return `${node.parent.name?.text}.${node.name.getText()}` === name && node.body;
  };
  const { source, found } = nodesOf(path, bodyOf);
  const { start, end } = rangeOf(onlyOne(found, `${name} of ${file}`));
  return replaced(path, source, start, end, `{ ${statements} }`);
};

const rangeOf = (node) => ({ start: node.getStart(), end: node.getEnd() });

/** A part of a statement or of an expression, where nothing has a name: a text that stands in the file once. */
const text = (file, find, by) => () => {
  const path = pathOf(file);
  const source = readFileSync(path, 'utf8');
  const parts = source.split(find);
  onlyOne(parts.slice(1), `"${find}" of ${file}`);
  return { path, source: parts.join(by) };
};

/**
 * One check that is removed, and the test that must fail then.
 * @param {string} check what is removed
 * @param {() => Removal} removal of `step`, `body` or `text`; throws when the check is not where it says
 * @param {string} spec under test/, without `.spec.ts`
 * @param {string} test a part of the test's full name
 */
const removed = (check, removal, spec, test) => ({ check, removal, spec: `test/${spec}.spec.ts`, test });

/** A whole step of a ceremony. */
const removedStep = (key, spec, test) => removed(key, step(key), spec, test);

module.exports = { step, body, text, removed, removedStep };
