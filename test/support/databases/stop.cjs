module.exports = () => globalThis.stopDatabases?.();
