require('reflect-metadata');
const asyncHooks = require('node:async_hooks');
const { ModernFakeTimers } = require('@jest/fake-timers');
const { ModuleMocker } = require('jest-mock');

/** Its listeners, and what `jest.setTimeout` and `jest.retryTimes` have set. */
const JESTS_OWN = [
  'EVENT_HANDLERS',
  'TEST_TIMEOUT_SYMBOL',
  'RETRY_TIMES',
  'RETRY_TIMES_SETTER',
  'RETRY_IMMEDIATELY',
  'WAIT_BEFORE_RETRY',
  'LOG_ERRORS_BEFORE_RETRY',
];

/**
 * Before Node.js 24 each promise carries each storage that was ever used and not disabled, Jest's own of each spec file too.
 * From then on none does, and the class can't be replaced.
 */
const storages = [];
if (Object.getOwnPropertyDescriptor(asyncHooks, 'AsyncLocalStorage').writable) {
  asyncHooks.AsyncLocalStorage = class extends asyncHooks.AsyncLocalStorage {
    constructor(...options) {
      super(...options);
      storages.push(this);
    }
  };
}

const listening = () => process._getActiveHandles().filter((handle) => handle.listening);

/**
 * Runs spec files in Node's own context rather than in one made for each, so that packages are loaded once by each
 * worker: see runtime.cjs.
 */
module.exports = class WorkerEnvironment {
  global = globalThis;
  moduleMocker = new ModuleMocker(globalThis);
  fakeTimers = null;
  replaced = {
    console: globalThis.console,
    process: { exit: process.exit, getBuiltinModule: process.getBuiltinModule },
  };

  constructor({ projectConfig }) {
    this.testTimeout = projectConfig.testTimeout;
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
  }

  /** As `jest.setTimeout` does: Jest itself takes the timeout of a run, not of a project. */
  async setup() {
    this.listeningBefore = listening();
    globalThis[Symbol.for('TEST_TIMEOUT_SYMBOL')] = this.testTimeout;
  }

  /** Jest takes the global object for its own: what it has put there must not reach the next spec file. */
  async teardown() {
    this.fakeTimersModern.dispose();
    globalThis.console = this.replaced.console;
    Object.assign(process, this.replaced.process);
    for (const name of JESTS_OWN) delete globalThis[Symbol.for(name)];
    // The next use enables one that is still used.
    for (const storage of storages) storage.disable();
    this.assertNothingListens();
  }

  /** What listens goes on with its turns, on the database of the next spec file. */
  assertNothingListens() {
    const left = listening().filter((server) => !this.listeningBefore.includes(server));
    if (left.length > 0) throw new Error(`left ${left.length} servers listening`);
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  getVmContext() {
    return null;
  }
};
