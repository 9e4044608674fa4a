import { Command } from 'commander';
import { writeFileSync } from 'node:fs';
import { ManifestError } from '../server/documents/manifest';
import { manifestOf } from '../server/documents/write-manifest';

/**
 * `npm run operations:manifest`: writes the manifest of persisted operations of a folder. Answers the
 * exit code.
 */
export function writeManifest(args: readonly string[]): number {
  let exitCode = 0;
  new Command('operations:manifest')
    .description('Writes the manifest of the operations in a folder, for PERSISTED_OPERATIONS.')
    .argument('[folder]', 'the folder of .graphql files', 'schema/operations')
    .argument('[file]', 'the manifest', 'schema/persisted-operations.json')
    .action((folder: string, file: string) => {
      try {
        writeFileSync(file, manifestOf(folder));
      } catch (error) {
        const isReadable = error instanceof ManifestError || isOfFiles(error);
        if (!isReadable) throw error;
        process.stderr.write(`${error.message}\n`);
        exitCode = 1;
      }
    })
    .parse(args, { from: 'user' });
  return exitCode;
}

function isOfFiles(error: unknown): error is NodeJS.ErrnoException {
  return typeof error === 'object' && error !== null && 'syscall' in error;
}

if (require.main === module) process.exitCode = writeManifest(process.argv.slice(2));
