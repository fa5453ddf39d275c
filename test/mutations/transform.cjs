const swc = require('@swc/jest');

/** Loads one source without its check: the removal stands in the project's configuration, see runner.cjs. */
module.exports = {
  createTransformer(options) {
    const inner = swc.createTransformer(options);
    const sourceOf = (source, path, { config }) => {
      const { removal } = config.testEnvironmentOptions;
      return removal?.path === path ? removal.source : source;
    };
    return {
      canInstrument: false,
      getCacheKey: (source, path, request) =>
        inner.getCacheKey(sourceOf(source, path, request), path, request),
      process: (source, path, request) => inner.process(sourceOf(source, path, request), path, request),
    };
  },
};
