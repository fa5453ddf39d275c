/*
 * Prints what Redocly's and Spectral's recommended rules find in a document, each on a line; no rule is switched off.
 * node openapi-lint.cjs <folder with both> <document>
 */
const { readFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { join, resolve } = require('node:path');

const [tools, path] = process.argv.slice(2);
const requireTool = createRequire(join(resolve(tools), 'package.json'));
const source = readFileSync(path, 'utf8');

async function redocly() {
  const { createConfig, lintFromString } = requireTool('@redocly/openapi-core');
  const config = await createConfig({ extends: ['recommended'] });
  const problems = await lintFromString({ source, absoluteRef: path, config });
  return problems.map(
    ({ ruleId, message, location }) => `redocly ${ruleId}: ${message} ${location[0]?.pointer ?? ''}`,
  );
}

async function spectral() {
  const { Spectral } = requireTool('@stoplight/spectral-core');
  const { oas } = requireTool('@stoplight/spectral-rulesets');
  const linter = new Spectral();
  linter.setRuleset({ extends: [[oas, 'recommended']] });
  const problems = await linter.run(JSON.parse(source));
  return problems.map(({ code, message, path }) => `spectral ${code}: ${message} #/${path.join('/')}`);
}

void Promise.all([redocly(), spectral()]).then((problems) => {
  for (const problem of problems.flat()) console.log(problem);
});
