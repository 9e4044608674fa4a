const { existsSync } = require('node:fs');
const { join } = require('node:path');

/** A hook where its file is there; absent, the tests that need no database run all the same. */
const hook = (file) => (existsSync(join(__dirname, file)) ? `<rootDir>/${file}` : undefined);

const everyProject = {
  rootDir: __dirname,
  roots: ['<rootDir>/test'],
  setupFiles: ['<rootDir>/test/support/setup.ts'],
  runtime: '<rootDir>/test/support/shared-runtime.js',
  testEnvironment: '<rootDir>/test/support/shared-environment.js',
  // What is loaded only when needed is named as Node finds it, with its ending.
  moduleNameMapper: {
    '^(.*/(generation|gateway/index))[.]js$': '$1',
    '^node:worker_threads$': '<rootDir>/test/support/worker-threads.js',
  },
  transform: { '^.+\\.ts$': '@swc/jest' },
};

const long = process.env.LONG === '1';

const withDatabase = {
  ...everyProject,
  globalSetup: hook('test/support/global-setup.ts'),
  globalTeardown: hook('test/support/global-teardown.ts'),
};

/** @type {import('jest').Config} */
module.exports = {
  // Tests that spawn servers wait more than they work, so two cores carry three files at once.
  maxWorkers: 3,
  // A machine that does other things takes minutes to start servers one after another; the long run
  // tries a property for minutes.
  testTimeout: long ? 900_000 : 180_000,
  projects: [
    { ...everyProject, displayName: 'unit', testMatch: ['**/*.unit.test.ts'] },
    {
      ...withDatabase,
      displayName: 'feature',
      testMatch: ['**/*.test.ts', '!**/*.unit.test.ts', '!**/*.{system,long,mutants}.test.ts'],
    },
    {
      // Sources that mutants touch are compiled so that a test can plant one and take it out again, and
      // so are not those that the other tests of a worker share.
      ...withDatabase,
      displayName: 'mutants',
      testMatch: ['**/*.mutants.test.ts'],
      runtime: undefined,
      testEnvironment: 'node',
      transform: {
        '/src/.+\\.ts$': '<rootDir>/test/support/switching-transformer.js',
        '/request-filtering-agent/.+\\.js$': '@swc/jest',
        ...everyProject.transform,
      },
      transformIgnorePatterns: ['/node_modules/(?!request-filtering-agent/)'],
    },
    {
      // Spawns servers and kills them, each on a port and a database of its own.
      ...withDatabase,
      displayName: 'system',
      testMatch: ['**/*.system.test.ts'],
    },
    // What takes minutes and wants the machine for itself.
    ...(long ? [{ ...withDatabase, displayName: 'long', testMatch: ['**/*.long.test.ts'] }] : []),
  ],
};
