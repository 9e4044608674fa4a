import { satisfies } from 'semver';
import { installScripts, licenceExceptions, licences, nodeVersions } from './accepted';
import { nameAt, type Asked, type Locked } from './lockfile';

/** Whether an SPDX expression of names, AND and OR leaves us a choice we accept. */
export function isAccepted(expression: string): boolean {
  const text = expression.replace(/^\((.*)\)$/, '$1');
  if (/[()]/.test(text)) return false;
  return text
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((name) => licences.includes(name)));
}

/** Packages whose licence we do not accept. An exception holds for tools only, never for what ships. */
export function licenceFindings(locked: Locked): string[] {
  return Object.entries(locked).flatMap(([path, { license = 'none', dev }]) => {
    const excepted = dev === true && nameAt(path) in licenceExceptions;
    return excepted || isAccepted(license) ? [] : [`${path}: the licence is ${license}`];
  });
}

/** What could bring something else than the registry's package of that content, or run while it is installed. */
export function originFindings(locked: Locked, asked: Asked): string[] {
  const found = Object.entries(locked).flatMap(([path, it]) => [
    ...(it.integrity?.startsWith('sha512-') === true ? [] : [`${path}: no sha512 of its content`]),
    ...(it.resolved === undefined ? [] : [`${path}: from ${it.resolved}`]),
    ...(it.link === true ? [`${path}: a link`] : []),
    ...(it.hasInstallScript === true && !(nameAt(path) in installScripts)
      ? [`${path}: a script at its installation, which does not run here`]
      : []),
  ]);
  const elsewhere = Object.entries(asked).filter(([, range]) => /[:/]/.test(range));
  return [...found, ...elsewhere.map(([name, range]) => `${name}: asked for as ${range}`)];
}

/** Packages that ship and do not say that they run on every Node we support. */
export function engineFindings(locked: Locked): string[] {
  return Object.entries(locked).flatMap(([path, { dev, engines }]) => {
    const range = engines?.node;
    if (dev === true || range === undefined) return [];
    const refused = nodeVersions.filter((version) => !satisfies(version, range));
    return refused.length === 0 ? [] : [`${path}: wants Node ${range}`];
  });
}
