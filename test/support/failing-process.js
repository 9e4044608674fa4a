/**
 * The built service with a kill switch: told a point of a batch over its parent's channel, it kills
 * itself with SIGKILL the next time a transaction of commands reaches that point. It says `armed` first.
 */
const { join } = require('node:path');

const dist = join(__dirname, '../../dist/src');
require('reflect-metadata');
const { createService } = require(join(dist, 'server/create-service'));
const { start } = require(join(dist, 'server/start'));

let point = 'none';
process.on('message', (name) => {
  point = name;
  process.send('armed');
});

function dieAt(name) {
  if (point === name) process.kill(process.pid, 'SIGKILL');
}

void start((config, overrides) =>
  createService(config, {
    ...overrides,
    hooks: {
      ...overrides.hooks,
      beforeCommit: () => dieAt('beforeCommit'),
      afterCommit: () => dieAt('afterCommit'),
    },
  }),
);
