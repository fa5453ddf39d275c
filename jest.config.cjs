const { compilerOptions } = require('./tsconfig.json');

/** @type {import('@swc/core').Options} */
const swc = {
  jsc: {
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
    target: 'es2023',
    keepClassNames: true,
  },
  module: { type: 'commonjs' },
};

const project = (displayName, folders, options = {}) => ({
  displayName,
  testRegex: `/test/${folders}.*\\.spec\\.ts$`,
  testEnvironment: '<rootDir>/test/runtime/environment.cjs',
  runtime: '<rootDir>/test/runtime/runtime.cjs',
  transform: { '^.+\\.[cm]?[jt]s$': ['@swc/jest', swc] },
  moduleNameMapper: Object.fromEntries(
    Object.entries(compilerOptions.paths).map(([name, [path]]) => [
      `^${name}$`,
      path.replace('.', '<rootDir>'),
    ]),
  ),
  // It has a package.json too, of the same name.
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  testTimeout: 20_000,
  ...options,
});

const onWorkerDatabases = {
  globalSetup: '<rootDir>/test/support/databases/start.cjs',
  globalTeardown: '<rootDir>/test/support/databases/stop.cjs',
};

/** @type {import('jest').Config} */
module.exports = {
  maxWorkers: 2,
  testSequencer: '<rootDir>/test/runtime/sequencer.cjs',
  projects: [
    // A busy machine may take its time to open a database.
    project('specs', '(?!browser/|packages/|faults/|embedded/|cluster/)', {
      ...onWorkerDatabases,
      testTimeout: 60_000,
    }),
    // What the embedded database is to its folder: nothing else opens one on a disk.
    // It flushes each file of a new folder, which takes a busy disk its time.
    project('embedded', 'embedded/', { testTimeout: 300_000 }),
    project('browser', 'browser/', { ...onWorkerDatabases, testTimeout: 60_000 }),
    // Servers and databases in processes of their own, stopped and killed.
    project('faults', 'faults/', { testTimeout: 600_000 }),
    // With what operators put around servers: poolers, proxies, standbys.
    project('cluster', 'cluster/', { testTimeout: 600_000 }),
    // The libraries as others install them, from the registry and its cache.
    project('packages', 'packages/', { testTimeout: 300_000 }),
    // Specs once more, each with one security check removed as the sources are loaded.
    project('mutations', '', {
      ...onWorkerDatabases,
      testRegex: '/test/mutations/removed-checks/.*\\.cjs$',
      runner: '<rootDir>/test/mutations/runner.cjs',
      testEnvironment: '<rootDir>/test/mutations/environment.cjs',
      // What one run tells @simplewebauthn/server, such as roots, would reach the next.
      testEnvironmentOptions: { changesSources: true, evaluatedPackages: ['@simplewebauthn/server'] },
      transform: { '^.+\\.[cm]?[jt]s$': ['<rootDir>/test/mutations/transform.cjs', swc] },
      transformIgnorePatterns: ['/node_modules/(?!@simplewebauthn/server/)'],
    }),
  ],
};
