const base = require('./jest.config.cjs');

/** The tests with one security check removed as the sources are loaded: see test/mutations. */
module.exports = {
  ...base,
  transform: Object.fromEntries(
    Object.entries(base.transform).map(([pattern, [, options]]) => [
      pattern,
      ['<rootDir>/test/mutations/transform.cjs', options],
    ]),
  ),
  transformIgnorePatterns: base.transformIgnorePatterns.map((pattern) =>
    pattern.replace('(?!(', '(?!(@simplewebauthn/server|'),
  ),
};
