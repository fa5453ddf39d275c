const { createRequire, isBuiltin } = require('node:module');
const { compileFunction } = require('node:vm');
const { default: Runtime } = require('jest-runtime');

/** What stands in node_modules: neither a path nor Jest's own. */
const isPackage = (name) => /^[^./]/.test(name) && !isBuiltin(name) && !/^@jest\//.test(name);

/** Files of the project are evaluated for each spec file, and compiled once: by path, as mutations change the text. */
const functions = new Map();
function compiled(source, filename, parameters) {
  const known = functions.get(filename);
  if (known?.source === source) return known.evaluate;
  const evaluate = compileFunction(source, parameters, { filename });
  functions.set(filename, { source, evaluate });
  return evaluate;
}

/**
 * Loads packages as Node does, once for each worker, where Jest would evaluate some 2,000 files of them again for each
 * spec file: 2 s of processor. The project's own files are still loaded anew for each.
 */
exports.__esModule = true;
exports.default = class WorkerRuntime extends Runtime {
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
};
