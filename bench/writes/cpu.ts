import { readdirSync, readFileSync } from 'node:fs';

const ticksPerSecond = 100;

interface ProcessTimes {
  parent: number;
  /** Microseconds it worked. */
  worked: number;
  /** Microseconds its ended children worked. */
  children: number;
}

function timesOf(pid: number): ProcessTimes | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const microseconds = (from: number) =>
      ((Number(fields[from]) + Number(fields[from + 1])) / ticksPerSecond) * 1e6;
    return { parent: Number(fields[1]), worked: microseconds(11), children: microseconds(13) };
  } catch {
    return null;
  }
}

/** Microseconds a process has worked. */
export function cpuOf(pid: number): number {
  return timesOf(pid)?.worked ?? 0;
}

/** Microseconds a process and all its children have worked, those that ended included; on Linux. */
export function cpuOfFamily(pid: number): number {
  const own = timesOf(pid);
  if (own === null) return 0;
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => timesOf(Number(name)))
    .filter((times) => times?.parent === pid);
  return own.worked + own.children + children.reduce((sum, times) => sum + (times?.worked ?? 0), 0);
}
