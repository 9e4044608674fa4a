import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { installScripts, licenceExceptions } from '../../scripts/supply/accepted';
import { readAudit } from '../../scripts/supply/audit';
import {
  engineFindings,
  isAccepted,
  licenceFindings,
  originFindings,
} from '../../scripts/supply/findings';
import {
  nameAt,
  otherFolders,
  readAsked,
  readLocked,
  type LockedPackage,
} from '../../scripts/supply/lockfile';

const root = join(__dirname, '../..');
const folders = ['.', ...otherFolders(root)];
const good: LockedPackage = { license: 'MIT', integrity: 'sha512-abc', engines: { node: '>=18' } };
const locked = (over: LockedPackage) => ({ 'node_modules/it': { ...good, ...over } });

describe('what is installed', () => {
  it('runs no script while it is installed, and comes from the registry with the content of the lockfile (S6)', () => {
    for (const folder of folders) {
      const settings = readFileSync(join(root, folder, '.npmrc'), 'utf8').split('\n');
      expect(settings).toEqual(expect.arrayContaining(['ignore-scripts=true']));
      const place = join(root, folder);
      expect(originFindings(readLocked(place), readAsked(place))).toEqual([]);
    }
  });

  it('names no exception that nobody needs any more', () => {
    const all = folders.flatMap((folder) => Object.entries(readLocked(join(root, folder))));
    const names = all.filter(([, it]) => it.hasInstallScript).map(([path]) => nameAt(path));
    expect(Object.keys(installScripts).filter((name) => !names.includes(name))).toEqual([]);
    const tools = Object.keys(readLocked(root)).map(nameAt);
    expect(Object.keys(licenceExceptions).filter((name) => !tools.includes(name))).toEqual([]);
  });

  it('has licences that we accept, and what ships runs on every Node that we support', () => {
    const ours = readLocked(root);
    expect([...licenceFindings(ours), ...engineFindings(ours)]).toEqual([]);
  });
});

describe('the check of what is installed', () => {
  it.each([
    ['MIT', true],
    ['(MIT OR GPL-3.0-only)', true],
    ['Apache-2.0 AND MIT', true],
    ['(MIT AND GPL-3.0-only)', false],
    ['GPL-3.0-only', false],
    ['(MIT OR (GPL-2.0-only AND ISC))', false],
    ['Elastic-2.0', false],
    ['SEE LICENSE IN LICENSE.md', false],
  ])('of the licence %s says %s', (expression, accepted) => {
    expect(isAccepted(expression)).toBe(accepted);
  });

  it('forgives tools by name, and what ships never', () => {
    const odd = (dev: boolean) => ({
      'node_modules/caniuse-lite': { ...good, license: 'CC-BY-4.0', dev },
    });
    expect(licenceFindings(odd(true))).toEqual([]);
    expect(licenceFindings(odd(false))).toEqual([
      'node_modules/caniuse-lite: the licence is CC-BY-4.0',
    ]);
    expect(licenceFindings({ 'node_modules/it': { integrity: 'sha512-abc' } })).toHaveLength(1);
  });

  it('finds packages without a hash, from elsewhere, linked, and with new scripts', () => {
    expect(originFindings(locked({}), { it: '^1.0.0' })).toEqual([]);
    const odd = [
      { integrity: undefined },
      { integrity: 'sha1-abc' },
      { resolved: 'git+ssh://git@example.com/it.git#1' },
      { link: true },
      { hasInstallScript: true },
    ];
    for (const over of odd) expect(originFindings(locked(over as object), {})).toHaveLength(1);
    for (const range of ['git+https://example.com/it.git', 'file:../it', 'who/it', 'npm:other@1']) {
      expect(originFindings({}, { it: range })).toEqual([`it: asked for as ${range}`]);
    }
  });

  it('finds what ships and leaves out a Node that we support', () => {
    const late = { engines: { node: '>=22' } };
    expect(engineFindings(locked(late))).toEqual(['node_modules/it: wants Node >=22']);
    expect(engineFindings(locked({ ...late, dev: true }))).toEqual([]);
  });

  it('tells holes that are high or critical, and that the registry did not tell', () => {
    const hole = (severity: string) => ({ [severity]: { severity, range: '<2' } });
    const vulnerabilities = { ...hole('moderate'), ...hole('high'), ...hole('critical') };
    expect(readAudit(JSON.stringify({ vulnerabilities }))).toEqual({
      holes: ['high <2: a hole that is high', 'critical <2: a hole that is critical'],
    });
    expect(readAudit('{"vulnerabilities":{}}')).toEqual({ holes: [] });
    const offline = readAudit('{"message":"request failed","error":{"summary":""}}');
    expect(offline).toEqual({ holes: null, reason: 'request failed' });
    expect(readAudit('').holes).toBeNull();
  });
});
