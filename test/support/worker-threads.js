const threads = require('worker_threads');
const { join } = require('node:path');

const execArgv = ['--require', join(__dirname, 'typescript-hook.js')];

/** Threads of the code under test run TypeScript, as jest runs it. */
class Worker extends threads.Worker {
  constructor(file, options) {
    super(file, { ...options, execArgv });
  }
}

module.exports = { ...threads, Worker };
