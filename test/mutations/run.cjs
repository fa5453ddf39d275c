/**
 * Removes each check of removed-checks.cjs, one at a time, and sees that the test named beside it fails.
 * ONLY=text runs those whose name has the text; nothing in the working tree is changed.
 */
const { spawnSync } = require('node:child_process');
const { existsSync, mkdtempSync, readFileSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const checks = require('./removed-checks.cjs');

const folder = mkdtempSync(join(tmpdir(), 'passkey-mutations-'));
const report = join(folder, 'report.json');
const marker = join(folder, 'marker');
const escape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const only = process.env.ONLY ?? '';
const wanted = checks.filter(({ check }) => check.includes(only));
let survived = 0;

function outcomeOf({ places, spec, test }) {
  rmSync(marker, { force: true });
  rmSync(report, { force: true });
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['node_modules/jest/bin/jest.js', '--runInBand', '--forceExit', spec].concat([
      '--testNamePattern',
      escape(test),
      '--json',
      '--outputFile',
      report,
    ]),
    {
      env: { ...process.env, REMOVED_CHECK: JSON.stringify({ places, marker }) },
      encoding: 'utf8',
    },
  );
  if (!existsSync(marker)) return 'NOT FOUND';
  if (!existsSync(report)) return `NO REPORT: ${stdout}${stderr}`;
  const { numFailedTests, numPassedTests, numRuntimeErrorTestSuites } = JSON.parse(readFileSync(report));
  if (numRuntimeErrorTestSuites > 0) return 'DOES NOT RUN';
  if (numFailedTests + numPassedTests === 0) return 'NO SUCH TEST';
  return numFailedTests > 0 ? 'red' : 'SURVIVED';
}

for (const entry of wanted) {
  const began = Date.now();
  const outcome = outcomeOf(entry);
  if (outcome !== 'red') survived += 1;
  console.log(
    `${outcome.padEnd(9)} ${entry.check} <- ${entry.spec}: ${entry.test} (${Date.now() - began} ms)`,
  );
}
rmSync(folder, { recursive: true, force: true });
console.log(
  `${wanted.length} checks removed, one at a time: ${wanted.length - survived} tests red, ${survived} not`,
);
process.exitCode = survived === 0 ? 0 : 1;
