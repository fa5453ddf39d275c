const WorkerEnvironment = require('../runtime/environment.cjs');

/** Runs the tests of one removed check only. */
module.exports = class MutationEnvironment extends WorkerEnvironment {
  constructor(config, context) {
    super(config, context);
    this.testName = config.projectConfig.testEnvironmentOptions.testName;
  }

  /** A test that fails half way, as it should, may leave one. */
  assertNothingListens() {}

  handleTestEvent({ name }, state) {
    if (name === 'setup') state.testNamePattern = { test: (title) => title.includes(this.testName) };
  }
};
