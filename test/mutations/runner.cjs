const { join } = require('node:path');
const { createEmptyTestResult } = require('@jest/test-result');
const { default: TestRunner, EmittingTestRunner } = require('jest-runner');
const { outcomeOf } = require('./outcome.cjs');

const ROOT = join(__dirname, '../..');
const SKIPPED = 'skipped';

/**
 * Runs lists of removed checks (removed-checks/) where other runners run spec files: for each check its spec file, with
 * the check removed as the sources are loaded. The check counts as a test, which passes when the named one fails.
 * ONLY=text runs those whose name has the text; nothing in the working tree is changed.
 */
module.exports = class MutationRunner extends EmittingTestRunner {
  #inner = new TestRunner(this._globalConfig, this._context);
  #listeners = new Map();

  async runTests(lists, watcher, options) {
    const entries = lists.flatMap((list) => require(list.path).map((entry) => ({ ...entry, list })));
    const isWanted = ({ check }) => check.includes(process.env.ONLY ?? '');
    const wanted = entries.filter(isWanted);
    if (wanted.length === 0) throw new Error(`no check is called ${process.env.ONLY}`);
    const outcomes = await this.#outcomesOf(wanted, watcher, options);
    for (const entry of entries) if (!isWanted(entry)) outcomes.push({ ...entry, word: SKIPPED });
    for (const list of lists) await this.#report(list, outcomes);
  }

  async #outcomesOf(entries, watcher, options) {
    const outcomes = [];
    const tell = (entry, outcome) => {
      const { check, spec, test } = entry;
      outcomes.push({ ...entry, ...outcome });
      process.stdout.write(`${outcome.word.padEnd(12)} ${check} <- ${spec}: ${test} (${outcome.ms} ms)\n`);
    };
    const runs = entries.flatMap((entry) => {
      try {
        return [runOf(entry, entry.removal())];
      } catch (error) {
        tell(entry, { word: 'NOT FOUND', why: error.message, ms: 0 });
        return [];
      }
    });
    const stopListening = [
      this.#inner.on('test-file-success', ([{ entry }, result]) => tell(entry, outcomeOf(result))),
      this.#inner.on('test-file-failure', ([{ entry }, error]) =>
        tell(entry, { word: 'DOES NOT RUN', why: String(error.stack ?? error.message), ms: 0 }),
      ),
    ];
    await this.#inner.runTests(runs, watcher, { ...options, serial: this._globalConfig.maxWorkers === 1 });
    for (const stop of stopListening) stop();
    return outcomes;
  }

  async #report(list, outcomes) {
    const own = outcomes.filter((outcome) => outcome.list === list);
    const countOf = (status) => own.filter(({ word }) => statusOf(word) === status).length;
    const failures = own.filter(({ word }) => statusOf(word) === 'failed');
    const told = failures.map(({ check, word, why }) => `  ● ${check}: ${word}\n\n${why}\n`);
    const now = Date.now();
    await this.#emit('test-file-start', [list]);
    await this.#emit('test-file-success', [
      list,
      {
        ...createEmptyTestResult(),
        testFilePath: list.path,
        numFailingTests: failures.length,
        numPassingTests: countOf('passed'),
        numPendingTests: countOf('pending'),
        failureMessage: failures.length > 0 ? told.join('\n') : null,
        perfStats: { ...createEmptyTestResult().perfStats, start: now, end: now },
        testResults: own.map(resultOf),
      },
    ]);
  }

  on(eventName, listener) {
    const listeners = this.#listeners.get(eventName) ?? [];
    this.#listeners.set(eventName, [...listeners, listener]);
    return () => this.#listeners.delete(eventName);
  }

  async #emit(eventName, payload) {
    for (const listener of this.#listeners.get(eventName) ?? []) await listener(payload);
  }
};

/** A run of the spec file, as Jest takes it: what differs between the checks is in its configuration. */
function runOf(entry, removal) {
  const { context } = entry.list;
  const { testEnvironmentOptions } = context.config;
  const config = {
    ...context.config,
    testEnvironmentOptions: { ...testEnvironmentOptions, removal, testName: entry.test },
  };
  return { entry, path: join(ROOT, entry.spec), context: { ...context, config } };
}

const statusOf = (word) => ({ red: 'passed', [SKIPPED]: 'pending' })[word] ?? 'failed';

const resultOf = ({ check, word, why, ms }) => ({
  ancestorTitles: ['removed'],
  title: check,
  fullName: `removed: ${check}`,
  status: statusOf(word),
  duration: ms,
  failureDetails: [],
  failureMessages: statusOf(word) === 'failed' ? [`${word}: ${why}`] : [],
  invocations: 1,
  location: null,
  numPassingAsserts: 0,
});
