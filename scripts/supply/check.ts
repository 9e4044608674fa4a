import { audit } from './audit';
import { engineFindings, licenceFindings, originFindings } from './findings';
import { otherFolders, readAsked, readLocked } from './lockfile';

/**
 * `npm run check:supply`: holds what is installed to what may be: licences, origins and engines by the
 * lockfile, known holes by the registry. Ends with exit code 1 when something is found. A registry that
 * does not tell of holes is reported and no failure, unless AUDIT=required.
 */
async function main(): Promise<void> {
  const locked = readLocked('.');
  const found = [
    ...licenceFindings(locked),
    ...originFindings(locked, readAsked('.')),
    ...engineFindings(locked),
    ...otherFolders('.').flatMap((folder) =>
      originFindings(readLocked(folder), readAsked(folder)).map((line) => `${folder}: ${line}`),
    ),
  ];
  const { holes, reason } = await audit('.');
  if (holes === null && process.env['AUDIT'] === 'required') found.push(`not audited: ${reason}`);
  found.push(...(holes ?? []));
  const packages = Object.values(locked);
  const ships = packages.filter(({ dev }) => dev !== true).length;
  process.stdout.write(`${packages.length} packages, of which ${ships} ship\n`);
  if (holes === null) process.stdout.write(`Not audited, the registry does not tell: ${reason}\n`);
  for (const line of found) process.stdout.write(`  ✗ ${line}\n`);
  if (found.length > 0) process.exitCode = 1;
}

void main();
