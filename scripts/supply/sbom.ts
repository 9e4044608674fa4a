import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

const file = 'sbom.cdx.json';

interface Bom {
  serialNumber: string;
  metadata: { timestamp?: string; component: { name: string } };
  components: unknown[];
}

/**
 * `npm run sbom`: writes what ships, in CycloneDX. The same packages make the same file: what npm makes up
 * anew each time, a number and the time, is taken from the lockfile or left out.
 */
function main(): void {
  const words = [
    'sbom',
    '--sbom-format',
    'cyclonedx',
    '--sbom-type',
    'application',
    '--omit',
    'dev',
  ];
  const printed = execFileSync('npm', words, {
    encoding: 'utf8',
    maxBuffer: 64 * 2 ** 20,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const bom = JSON.parse(printed) as Bom;
  bom.serialNumber = `urn:uuid:${uuidOf(readFileSync('package-lock.json'))}`;
  delete bom.metadata.timestamp;
  // npm takes the name of the folder.
  const { name } = JSON.parse(readFileSync('package.json', 'utf8')) as { name: string };
  bom.metadata.component.name = name;
  writeFileSync(file, `${JSON.stringify(bom, null, 2)}\n`);
  process.stdout.write(`${file}: ${bom.components.length} packages\n`);
}

/** A UUID of version 8, which stands for what its maker says: here, a content. */
function uuidOf(content: Buffer): string {
  const hex = createHash('sha256').update(content).digest('hex');
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
  ];
  return [...parts, hex.slice(20, 32)].join('-');
}

main();
