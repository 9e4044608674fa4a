import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { isAlive, ownIdentity } from './process-identity';

interface OwnerRecord {
  /** Identity of the Node process that started the server. */
  owner: string;
  /** Process id of the server. */
  postmaster: number;
}

/** Notes that this process started that postmaster, and so that it is the one to stop it. */
export async function recordOwner(path: string, postmaster: number): Promise<void> {
  const record: OwnerRecord = { owner: await ownIdentity(), postmaster };
  const next = `${path}.next`;
  await rm(next, { force: true });
  await writeFile(next, JSON.stringify(record), { flag: 'wx', mode: 0o600 });
  await rename(next, path);
}

/** Whether the process that started that postmaster is known and still lives. */
export async function ownerLives(path: string, postmaster: number): Promise<boolean> {
  const text = await readFile(path, 'utf8').catch(() => '{}');
  const record = JSON.parse(text) as Partial<OwnerRecord>;
  if (record.owner === undefined || record.postmaster !== postmaster) return false;
  return isAlive(record.owner);
}
