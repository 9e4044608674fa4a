import { execFile } from 'node:child_process';

/** What the registry knows of holes in what a lockfile names. */
export interface Audited {
  /** Packages with a hole that is high or critical; null when the registry did not say. */
  holes: string[] | null;
  /** Why it did not say. */
  reason?: string;
}

interface AuditAnswer {
  vulnerabilities?: Record<string, { severity: string; range: string }>;
  message?: string;
  error?: { summary?: string };
}

const serious = ['high', 'critical'];

/** Reads what `npm audit --json` printed. */
export function readAudit(printed: string): Audited {
  let answer: AuditAnswer;
  try {
    answer = JSON.parse(printed) as AuditAnswer;
  } catch {
    return { holes: null, reason: 'npm audit printed no JSON' };
  }
  const { vulnerabilities, message, error } = answer;
  if (vulnerabilities === undefined) {
    return { holes: null, reason: message ?? error?.summary ?? 'the registry did not answer' };
  }
  const holes = Object.entries(vulnerabilities)
    .filter(([, { severity }]) => serious.includes(severity))
    .map(([name, { severity, range }]) => `${name} ${range}: a hole that is ${severity}`);
  return { holes };
}

/** Asks the registry about a folder's lockfile, once and for at most twenty seconds. */
export function audit(folder: string): Promise<Audited> {
  const words = ['audit', '--json', '--package-lock-only', '--fetch-retries=0'];
  const options = { cwd: folder, timeout: 20_000, maxBuffer: 64 * 2 ** 20 };
  return new Promise((resolve) => {
    execFile('npm', words, options, (_error, printed) => resolve(readAudit(printed)));
  });
}
