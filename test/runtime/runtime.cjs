const { createRequire, isBuiltin } = require('node:module');
const { compileFunction } = require('node:vm');
const { default: Runtime } = require('jest-runtime');

/** What stands in node_modules: neither a path nor Jest's own. */
const isPackage = (name) => /^[^./]/.test(name) && !isBuiltin(name) && !/^@jest\//.test(name);

/** Files of the project that are evaluated for each spec file are compiled once: by path, as mutations change the text. */
const functions = new Map();
function compiled(source, filename, parameters) {
  const known = functions.get(filename);
  if (known?.source === source) return known.evaluate;
  const evaluate = compileFunction(source, parameters, { filename });
  functions.set(filename, { source, evaluate });
  return evaluate;
}

/** Loads packages as Node does, once for each worker, where Jest would evaluate some 2,000 files of them again. */
class PackagesOnce extends Runtime {
  constructor(config, ...more) {
    super(config, ...more);
    const { evaluatedPackages = [] } = config.testEnvironmentOptions;
    const ownNames = config.moduleNameMapper.map(([pattern]) => new RegExp(pattern));
    this.isNative = (name) =>
      isPackage(name) &&
      !ownNames.some((pattern) => pattern.test(name)) &&
      !evaluatedPackages.some((evaluated) => name.startsWith(evaluated));
    this.executor.compile = (source, filename) =>
      compiled(source, filename, this.executor.injectedModuleParameters);
  }

  requireModuleOrMock(from, name) {
    return this.isNative(name) ? createRequire(from)(name) : super.requireModuleOrMock(from, name);
  }
}

/** What servers run. It keeps nothing in its modules but what it would work out again, such as keys that it has read. */
const isServerSource = (path) =>
  /\/(apps\/identity-server|libs\/(?!passkey-client\/)[^/]+)\/src\//.test(path);

/** Of this worker. It is not torn down with a spec file: modules load others late. */
let servers;

/**
 * Loads the servers' sources once for each worker too: that is a quarter of a second of processor for each spec file, and what
 * V8 has learnt of them stays. Specs and what supports them are loaded anew for each.
 */
exports.__esModule = true;
exports.default = class WorkerRuntime extends PackagesOnce {
  constructor(config, ...more) {
    super(config, ...more);
    const { changesSources = false } = config.testEnvironmentOptions;
    if (!changesSources) servers ??= new PackagesOnce(config, ...more);
    this.isShared = (path) => !changesSources && isServerSource(path);
  }

  requireModuleOrMock(from, name) {
    if (this.isNative(name) || isBuiltin(name)) return super.requireModuleOrMock(from, name);
    const path = this._resolution.resolveCjs(from, name);
    return this.isShared(path) ? servers.requireModule(path) : super.requireModuleOrMock(from, name);
  }
};
