/**
 * The process as `npm start` runs it, with the toy service behind its doors, so that tests can look at
 * what it prints and send it signals.
 */
const { join } = require('node:path');
const { setTimeout } = require('node:timers/promises');
const { transformFileSync } = require('@swc/core');

require.extensions['.ts'] = (loaded, file) => {
  loaded._compile(transformFileSync(file, { sourceMaps: 'inline' }).code, file);
};

require('reflect-metadata');
const { start } = require(join(__dirname, '../../src/server/start'));
const { createToyService } = require('./toy-service');

const demo = {
  platformKey: 'the-platform-key',
  brandKey: 'the-brand-key',
  brandId: 'the-brand',
  routerSecret: 'the-router-secret',
};

void start(async (config, { log }) => {
  const service = createToyService({ env: process.env, log });
  service.seen.gate = setTimeout(Number(process.env.HELD_MS ?? 0), undefined, { ref: false });
  return config.environment === 'production' ? service : { ...service, demo };
});
