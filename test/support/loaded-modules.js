const { writeFileSync } = require('node:fs');

/** Writes down what a process had loaded when it ended, native modules too. */
process.once('exit', () => {
  writeFileSync(process.env.LOADED_MODULES, Object.keys(require.cache).join('\n'));
});
