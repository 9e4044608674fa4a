import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { userError } from '../errors';
import {
  refused,
  type Answer,
  type Answered,
  type Command,
  type CommandTransaction,
} from './command';

/** SHA-256 over the canonical JSON (RFC 8785) of kind and input, so that key order does not matter. */
export function hashOf(command: Command): Buffer {
  const text = canonicalize({ kind: command.kind, input: command.input }) ?? '';
  return createHash('sha256').update(text).digest();
}

export interface Claim {
  /** Positions of the commands that are new and must be executed. */
  fresh: number[];
  /** Answers already known, by position. */
  known: Map<number, Answered>;
  /** Positions that repeat a fresh command of the same batch, and the position they repeat. */
  repeats: Map<number, number>;
}

interface StoredRow {
  scope: string;
  key: string;
  input_hash: Buffer;
  answer: Answer | null;
}

const claimSql = `
  INSERT INTO idempotency_keys (scope, key, kind, input_hash, created_at)
  SELECT t.scope, t.key, t.kind, t.hash, $5
  FROM unnest($1::uuid[], $2::text[], $3::text[], $4::bytea[]) AS t(scope, key, kind, hash)
  ORDER BY t.scope, t.key
  ON CONFLICT DO NOTHING
  RETURNING scope, key`;

const storedSql = `
  SELECT k.scope, k.key, k.input_hash, k.answer
  FROM unnest($1::uuid[], $2::text[]) AS t(scope, key)
  JOIN idempotency_keys k ON k.scope = t.scope AND k.key = t.key`;

const storeSql = `
  UPDATE idempotency_keys k SET answer = t.answer
  FROM unnest($1::uuid[], $2::text[], $3::json[]) AS t(scope, key, answer)
  WHERE k.scope = t.scope AND k.key = t.key`;

function nameOf(row: { scope: string; key: string }): string {
  return `${row.scope} ${row.key}`;
}

const reused = (): Answered => ({
  answer: refused(userError('IDEMPOTENCY_KEY_REUSED', ['idempotencyKey'])),
  replayed: false,
});

/**
 * Claims the keys of a batch inside its transaction. A key another transaction is just claiming is
 * waited for, so that of many equal commands exactly one runs. A key that has its answer is held
 * against that one only; of a new key, the first command of the batch says what it stands for.
 */
export async function claimKeys(
  tx: CommandTransaction,
  commands: readonly Command[],
): Promise<Claim> {
  const hashes = commands.map(hashOf);
  const first = new Map<string, number>();
  commands.forEach((command, at) => {
    if (!first.has(nameOf(command))) first.set(nameOf(command), at);
  });
  const { fresh, stored } = await claimDistinct(tx, commands, hashes, [...first.values()]);
  const claim: Claim = { fresh: [], known: new Map(), repeats: new Map() };
  commands.forEach((command, at) => {
    const name = nameOf(command);
    const hash = hashes[at] as Buffer;
    const earlier = first.get(name) as number;
    const row = stored.get(name);
    if (row?.answer != null) {
      const same = row.input_hash.equals(hash);
      claim.known.set(at, same ? { answer: row.answer, replayed: true } : reused());
    } else if (!fresh.has(name)) throw new Error('a key was claimed before and has no answer');
    else if (earlier === at) claim.fresh.push(at);
    else if (hashes[earlier]?.equals(hash)) claim.repeats.set(at, earlier);
    else claim.known.set(at, reused());
  });
  return claim;
}

/** Claims each key once; `fresh` names those that are ours now, `stored` has the rows of the others. */
async function claimDistinct(
  tx: CommandTransaction,
  commands: readonly Command[],
  hashes: readonly Buffer[],
  distinct: readonly number[],
): Promise<{ fresh: Set<string>; stored: Map<string, StoredRow> }> {
  const pick = <T>(of: (command: Command, at: number) => T): T[] =>
    distinct.map((at) => of(commands[at] as Command, at));
  const scopes = pick((command) => command.scope);
  const keys = pick((command) => command.key);
  const claimed = await tx.query<StoredRow>(claimSql, [
    scopes,
    keys,
    pick((command) => command.kind),
    pick((_, at) => hashes[at]),
    tx.now,
  ]);
  const fresh = new Set(claimed.map(nameOf));
  if (fresh.size === distinct.length) return { fresh, stored: new Map() };
  const rows = await tx.query<StoredRow>(storedSql, [scopes, keys]);
  const others = rows.filter((row) => !fresh.has(nameOf(row)));
  return { fresh, stored: new Map(others.map((row) => [nameOf(row), row])) };
}

/** Stores the answers beside their keys, in the transaction that made them true. */
export async function storeAnswers(
  tx: CommandTransaction,
  commands: readonly Command[],
  answers: readonly Answer[],
): Promise<void> {
  await tx.query(storeSql, [
    commands.map((command) => command.scope),
    commands.map((command) => command.key),
    answers.map((answer) => JSON.stringify(answer)),
  ]);
}
