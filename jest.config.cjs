/** Packages of ES modules, which Jest can't require() on Node 20 unless it transforms them. */
const esModules = [
  '@borewit',
  '@electric-sql',
  '@nestjs',
  '@seriousme',
  '@tokenizer',
  'content-disposition',
  'file-type',
  'strtok3',
  'token-types',
  'uint8array-extras',
  'uuid',
];

/** @type {import('jest').Config} */
module.exports = {
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/test'],
  testRegex: '\\.spec\\.ts$',
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/browser/', '<rootDir>/test/faults/'],
  testEnvironment: 'node',
  transform: {
    '^.+\\.[cm]?[jt]s$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
          target: 'es2023',
          keepClassNames: true,
        },
        module: { type: 'commonjs' },
      },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esModules.join('|')})/)`],
  moduleNameMapper: {
    '^@passkey/experience-verification$': '<rootDir>/libs/experience-verification/src/index.ts',
    '^@passkey/client$': '<rootDir>/libs/passkey-client/src/index.ts',
  },
  setupFiles: ['reflect-metadata'],
  globalSetup: '<rootDir>/test/support/embedded-template.setup.cjs',
  globalTeardown: '<rootDir>/test/support/embedded-template.teardown.cjs',
  testTimeout: 20_000,
};
