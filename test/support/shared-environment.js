const { ModernFakeTimers } = require('@jest/fake-timers');
const { ModuleMocker } = require('jest-mock');

/** Where jest-circus keeps who hears of tests; each file has its own. */
const listenersToTests = Symbol.for('EVENT_HANDLERS');
/** Where `jest.setTimeout` leaves its number; it is meant for one file. */
const timeout = Symbol.for('TEST_TIMEOUT_SYMBOL');

/** What a test file may change of its process and the next one shall not see. */
function remember() {
  const { exit } = process;
  const env = { ...process.env };
  const cwd = process.cwd();
  const { console } = globalThis;
  const listeners = new Map(process.eventNames().map((name) => [name, process.listeners(name)]));
  return () => {
    process.exit = exit;
    process.chdir(cwd);
    globalThis.console = console;
    for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
    Object.assign(process.env, env);
    for (const name of process.eventNames()) {
      const before = listeners.get(name) ?? [];
      for (const listener of process.listeners(name)) {
        if (!before.includes(listener)) process.removeListener(name, listener);
      }
    }
  };
}

/** Tests in the worker's own realm, which the modules they share live in too. */
class SharedEnvironment {
  constructor({ projectConfig }) {
    this.restore = remember();
    this.global = globalThis;
    this.moduleMocker = new ModuleMocker(globalThis);
    this.fakeTimers = null;
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
  }

  async setup() {}

  async teardown() {
    this.fakeTimersModern.dispose();
    this.moduleMocker.restoreAllMocks();
    this.restore();
    delete globalThis[listenersToTests];
    delete globalThis[timeout];
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  getVmContext() {
    return {};
  }
}

module.exports = SharedEnvironment;
