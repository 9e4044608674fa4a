/**
 * Loads what is under test once a worker, by Node's own `require`, and only the files of `test/` anew for
 * every test file. To evaluate a thousand sources for each of hundreds of files takes longer than the
 * tests do. Nothing of ours keeps state of a service in a module; a test that needs modules of its own
 * starts a process.
 */
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const { dirname, isAbsolute, resolve, sep } = require('node:path');
const { compileFunction } = require('node:vm');
const { default: Runtime } = require('jest-runtime');

/** Where the map of each shared source lies, and the list that stacks of errors are read by. */
const sourceMaps = new Map();
let reading = new Map();

const dialect = {
  isInternalModule: false,
  supportsDynamicImport: false,
  supportsExportNamespaceFrom: false,
  supportsStaticESM: false,
  supportsTopLevelAwait: false,
};

/** Compiles as jest does, with its cache, and from then on by `require`. */
let installed = false;
function install(transformer, coverage, mapper) {
  if (installed) return;
  installed = true;
  Module._extensions['.ts'] = (module, file) => {
    const source = readFileSync(file, 'utf8');
    const made = transformer.transform(file, { ...dialect, ...coverage }, source);
    if (made.sourceMapPath !== null) {
      sourceMaps.set(file, made.sourceMapPath);
      reading.set(file, made.sourceMapPath);
    }
    module._compile(made.code, file);
  };
  const load = Module._load;
  Module._load = (request, parent, isMain) => {
    const own = parent != null && !parent.filename?.includes(`${sep}node_modules${sep}`);
    return load(own ? mapped(mapper, request) : request, parent, isMain);
  };
}

/** The names of `moduleNameMapper`, which Node does not know. */
function mapped(mapper, request) {
  for (const [pattern, name] of mapper) {
    const found = new RegExp(pattern).exec(request);
    if (found !== null) return name.replace(/\$(\d)/g, (_, group) => found[group]);
  }
  return request;
}

/**
 * What jest notes of the test that runs, for one test at a time. Its own way, an `AsyncLocalStorage` of
 * each file, is never let go, so that every promise of a worker carries one more of them after each file.
 */
class NoteOfTest {
  run(note, work) {
    const before = this.note;
    const restore = () => (this.note = before);
    this.note = note;
    try {
      const result = work();
      if (typeof result?.then === 'function') return Promise.resolve(result).finally(restore);
      restore();
      return result;
    } catch (error) {
      restore();
      throw error;
    }
  }

  getStore() {
    return this.note;
  }
}

const asyncHooks = { ...require('node:async_hooks'), AsyncLocalStorage: NoteOfTest };

class SharedRuntime extends Runtime {
  constructor(config, environment, resolver, transformer, cacheFS, coverage, ...rest) {
    super(config, environment, resolver, transformer, cacheFS, coverage, ...rest);
    install(transformer, coverage, config.moduleNameMapper);
    this.fresh = config.roots.map((root) => root + sep);
    const { executor } = this;
    executor.compile = (source, filename) =>
      compileFunction(source, executor.injectedModuleParameters, { filename });
  }

  requireModuleOrMock(from, name) {
    if (this.testState.isTornDown() || this.isFresh(from, name)) {
      return super.requireModuleOrMock(from, name);
    }
    return Module.createRequire(from)(name);
  }

  /** Of jest itself, only what holds the tests of a file is loaded for each file. */
  requireInternalModule(from, name) {
    if (name === 'node:async_hooks') return asyncHooks;
    const packaged = name !== undefined && !name.startsWith('.') && !isAbsolute(name);
    return packaged ? Module.createRequire(from)(name) : super.requireInternalModule(from, name);
  }

  /** The files of the tests themselves. */
  isFresh(from, name) {
    if (name === '@jest/globals') return true;
    const path = resolve(dirname(from), name);
    return name.startsWith('.') && this.fresh.some((root) => path.startsWith(root));
  }

  getSourceMaps() {
    reading = super.getSourceMaps();
    for (const [file, path] of sourceMaps) reading.set(file, path);
    return reading;
  }
}

module.exports = SharedRuntime;
