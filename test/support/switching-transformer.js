/**
 * Compiles a source that mutants touch once as it is and once for each of them; `globalThis.planted`,
 * the name of a mutant or nothing, says at every call which one answers. So one process, one schema and
 * one server stand for many mutants. What mutants do to migrations is left to whoever plants them.
 */
const { createHash } = require('node:crypto');
const { join, relative, sep } = require('node:path');
const { createTransformer } = require('@swc/jest');
const mutants = require('../mutants/mutants.json');
const { plant } = require('../mutants/plant');

const root = join(__dirname, '../..');
const swc = createTransformer();

function process(source, file, options) {
  const path = relative(root, file).split(sep).join('/');
  const touching = mutants.filter(({ edits }) => edits.some((edit) => edit.file === path));
  if (touching.length === 0) return swc.process(source, file, options);
  const texts = [['', source], ...touching.map((one) => [one.name, plant(one, path, source)])];
  const bodies = texts.map(([name, text]) => {
    const { code } = swc.process(text, file, { ...options, instrument: false });
    return `${JSON.stringify(name)}: function (exports, module) {\n${code}\n}`;
  });
  return {
    code: `const bodies = {\n${bodies.join(',\n')}\n};
const made = {};
function exportsOf(name) {
  if (made[name] === undefined) {
    const module = { exports: {} };
    made[name] = module.exports;
    bodies[name](module.exports, module);
  }
  return made[name];
}
for (const key of Object.keys(exportsOf(''))) {
  Object.defineProperty(exports, key, {
    enumerable: true,
    get: () => exportsOf(globalThis.planted in bodies ? globalThis.planted : '')[key],
  });
}`,
  };
}

module.exports = {
  process,
  getCacheKey: (source, file, options) =>
    createHash('sha256')
      .update(swc.getCacheKey(source, file, options))
      .update(JSON.stringify(mutants))
      .update('switching 1')
      .digest('hex'),
};
