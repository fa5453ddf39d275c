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

const { compilerOptions } = require('./tsconfig.json');

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
  moduleNameMapper: Object.fromEntries(
    Object.entries(compilerOptions.paths).map(([name, [path]]) => [
      `^${name}$`,
      path.replace('.', '<rootDir>'),
    ]),
  ),
  setupFiles: ['reflect-metadata'],
  globalSetup: '<rootDir>/test/support/embedded-template.setup.cjs',
  globalTeardown: '<rootDir>/test/support/embedded-template.teardown.cjs',
  testTimeout: 20_000,
};
