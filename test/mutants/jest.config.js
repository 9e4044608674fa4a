const { join } = require('node:path');
const everyday = require('../../jest.config.js');

const mutating = { '^.+\\.ts$': join(__dirname, '../support/mutating-transformer.js') };

/** As every day, but what MUTANT names is planted first. */
module.exports = {
  ...everyday,
  projects: everyday.projects.map((project) => ({
    ...project,
    transform: { ...project.transform, ...mutating },
  })),
};
