// Sums Jest's reports: `node sum-up.cjs FOLDER FAILED_STEPS`. A suite without a report counts as a failure.
const { existsSync, readFileSync } = require('node:fs');

const [folder, failedSteps] = process.argv.slice(2);
let passed = 0;
let failed = 0;
for (const suite of ['embedded', 'postgres', 'gathered', 'browser', 'faults', 'packages']) {
  const path = `${folder}/${suite}.json`;
  if (!existsSync(path)) {
    console.log(`${suite}: no report`);
    failed += 1;
    continue;
  }
  const report = JSON.parse(readFileSync(path, 'utf8'));
  passed += report.numPassedTests;
  failed += report.numFailedTests + report.numRuntimeErrorTestSuites;
  if (report.numPendingTests) console.log(`${suite}: ${report.numPendingTests} skipped`);
}
if (failedSteps) console.log(`failed steps:${failedSteps}`);
console.log(`tests: ${passed} passed, ${failed} failed`);
process.exitCode = failed || failedSteps ? 1 : 0;
