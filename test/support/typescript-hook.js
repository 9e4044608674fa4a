const { transformFileSync } = require('@swc/core');

/** Loads TypeScript by `require`, in a thread that jest does not run. */
require.extensions['.ts'] = (module, file) => {
  module._compile(transformFileSync(file, { sourceMaps: 'inline' }).code, file);
};
