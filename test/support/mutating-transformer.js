/**
 * Compiles as every test run does; with MUTANT set to the name of a mutant of test/mutants/mutants.json
 * it first plants that fault in the sources it names.
 */
const { createHash } = require('node:crypto');
const { join, relative, sep } = require('node:path');
const { createTransformer } = require('@swc/jest');
const mutants = require('../mutants/mutants.json');
const { plant } = require('../mutants/plant');

const root = join(__dirname, '../..');
const swc = createTransformer();

const name = process.env.MUTANT;
const mutant = mutants.find((one) => one.name === name);
if (name !== undefined && mutant === undefined) throw new Error(`there is no mutant "${name}"`);

function editsOf(file) {
  const path = relative(root, file).split(sep).join('/');
  return mutant === undefined ? [] : mutant.edits.filter((edit) => edit.file === path);
}

function planted(source, file) {
  const path = relative(root, file).split(sep).join('/');
  return mutant === undefined ? source : plant(mutant, path, source);
}

module.exports = {
  canInstrument: swc.canInstrument,
  process: (source, file, options) => swc.process(planted(source, file), file, options),
  getCacheKey: (source, file, options) =>
    createHash('sha256')
      .update(swc.getCacheKey(source, file, options))
      .update(JSON.stringify(editsOf(file)))
      .digest('hex'),
};
