const { stripVTControlCharacters } = require('node:util');

/** What expect, expectStatus, node:assert and fast-check say when something is other than was expected. */
const ASSERTION = /\bexpect\(|\bexpected \d+, got \d+|^AssertionError|^Property failed/m;

/**
 * What became of the test that must fail. `red`: it failed, in an assertion; anything else is an error, of the test or
 * of the entry.
 */
exports.outcomeOf = function outcomeOf({ testExecError, testResults, perfStats, failureMessage }) {
  const ms = perfStats.runtime;
  if (testExecError) return { word: 'DOES NOT RUN', why: failureMessage ?? String(testExecError), ms };
  const ran = testResults.filter(({ status }) => status === 'passed' || status === 'failed');
  if (ran.length === 0) return { word: 'NO SUCH TEST', why: 'the spec file has no test of that name', ms };
  const failures = ran.filter(({ status }) => status === 'failed').flatMap((test) => test.failureMessages);
  if (failures.length === 0) return { word: 'SURVIVED', why: 'the test passes without the check', ms };
  const asserted = failures.some((message) => ASSERTION.test(stripVTControlCharacters(message)));
  return asserted ? { word: 'red', ms } : { word: 'NO ASSERTION', why: failures.join('\n'), ms };
};
