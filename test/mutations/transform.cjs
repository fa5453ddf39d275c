const { randomUUID } = require('node:crypto');
const { appendFileSync } = require('node:fs');
const swc = require('@swc/jest');

/** Removes the check of REMOVED_CHECK, a JSON of removed-checks.cjs, from its file as it is loaded. */
module.exports = {
  createTransformer(options) {
    const { file, find, replace, marker } = JSON.parse(process.env.REMOVED_CHECK);
    const inner = swc.createTransformer(options);
    const remove = (source, path) => {
      if (!path.endsWith(file) || !source.includes(find)) return source;
      appendFileSync(marker, '.');
      return source.replace(find, () => replace);
    };
    return {
      canInstrument: false,
      // The file of the check is never taken from the cache.
      getCacheKey: (source, path, config) =>
        inner.getCacheKey(source, path, config) + (path.endsWith(file) ? randomUUID() : ''),
      process: (source, path, config) => inner.process(remove(source, path), path, config),
      processAsync: (source, path, config) => inner.processAsync(remove(source, path), path, config),
    };
  },
};
