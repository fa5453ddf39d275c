const { randomUUID } = require('node:crypto');
const { appendFileSync } = require('node:fs');
const swc = require('@swc/jest');

/** Removes the check of REMOVED_CHECK, a JSON of removed-checks.cjs, from the file that has it, as it is loaded. */
module.exports = {
  createTransformer(options) {
    const { places, marker } = JSON.parse(process.env.REMOVED_CHECK);
    const inner = swc.createTransformer(options);
    const placeIn = (path) => places.find(({ file }) => path.endsWith(file));
    const remove = (source, path) => {
      const place = places.find(({ file, find }) => path.endsWith(file) && source.includes(find));
      if (!place) return source;
      appendFileSync(marker, '.');
      return source.replace(place.find, () => place.replace);
    };
    return {
      canInstrument: false,
      // The file of the check is never taken from the cache.
      getCacheKey: (source, path, config) =>
        inner.getCacheKey(source, path, config) + (placeIn(path) ? randomUUID() : ''),
      process: (source, path, config) => inner.process(remove(source, path), path, config),
      processAsync: (source, path, config) => inner.processAsync(remove(source, path), path, config),
    };
  },
};
