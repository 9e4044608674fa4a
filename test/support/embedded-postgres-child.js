/**
 * A process of its own that starts the embedded PostgreSQL, so that tests can kill it. It takes one
 * JSON argument ({ native?, dataDir, settings? }), prints one JSON line when the server is ready (or
 * could not be started), and stops the server when a line arrives on its standard input.
 */
const { join } = require('node:path');
const { transformFileSync } = require('@swc/core');

require.extensions['.ts'] = (loaded, file) => {
  loaded._compile(transformFileSync(file, { sourceMaps: 'inline' }).code, file);
};

const embedded = join(__dirname, '../../src/platform/database/embedded');
const { launchFrom } = require(join(embedded, 'launch'));
const { locateNativeFolder } = require(join(embedded, 'native-folder'));

function tell(answer) {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

async function main() {
  const { native = locateNativeFolder(), dataDir, settings } = JSON.parse(process.argv[2]);
  const messages = [];
  const log = (message) => messages.push(message);
  try {
    const server = await launchFrom(native, { dataDir, settings, log });
    process.stdin.once('data', async () => {
      await server.stop();
      process.exit(0);
    });
    tell({ url: server.url, version: server.version, messages });
  } catch (error) {
    tell({ error: error.message, messages });
    process.exitCode = 1;
  }
}

void main();
