/**
 * The built service with a kill switch: told a point over its parent's channel, it kills itself with SIGKILL
 * when the next batch of commands reaches that point. It says `armed` first. Points are a number, before
 * that statement of the batch; `beforeCommit`; `duringCommit`, when COMMIT has been sent; `afterCommit`; and
 * `beforeAnswer`, when all that is left is to send the client its answer. It has no jobs and
 * no demo brand, which would write beside what a test looks at.
 */
const { ServerResponse } = require('node:http');
const { join } = require('node:path');
const { setImmediate } = require('node:timers');

const dist = join(__dirname, '../../dist/src');
require('reflect-metadata');
const { createService } = require(join(dist, 'server/create-service'));
const { start } = require(join(dist, 'server/start'));

let point = 'none';
let statements = 0;
process.on('message', (name) => {
  point = name;
  statements = 0;
  process.send('armed');
});

const die = () => process.kill(process.pid, 'SIGKILL');

function dieAt(name) {
  if (point === name) die();
}

const { end } = ServerResponse.prototype;
ServerResponse.prototype.end = function (...args) {
  dieAt('beforeAnswer');
  return end.apply(this, args);
};

void start((config, overrides) =>
  createService(config, {
    ...overrides,
    jobs: false,
    demo: false,
    hooks: {
      ...overrides.hooks,
      beforeStatement: () => dieAt((statements += 1)),
      beforeCommit() {
        dieAt('beforeCommit');
        if (point === 'duringCommit') setImmediate(die);
      },
      afterCommit: () => dieAt('afterCommit'),
    },
  }),
);
