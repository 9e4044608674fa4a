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
import { ConflictError } from './errors';

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

/** What became of the keys of a batch. */
export interface Keys {
  claim: Claim;
  /** Stores the answers of what was new beside their keys, in the transaction that made them true. */
  store(answers: readonly Answer[]): Promise<void>;
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

const updateSql = `
  UPDATE idempotency_keys k SET answer = t.answer
  FROM unnest($1::uuid[], $2::text[], $3::json[]) AS t(scope, key, answer)
  WHERE k.scope = t.scope AND k.key = t.key`;

const insertSql = `
  WITH kept AS (
    INSERT INTO idempotency_keys (scope, key, kind, input_hash, answer, created_at)
    SELECT t.scope, t.key, t.kind, t.hash, t.answer, $5
    FROM unnest($1::uuid[], $2::text[], $3::text[], $4::bytea[], $6::json[])
      AS t(scope, key, kind, hash, answer)
    ORDER BY t.scope, t.key
    ON CONFLICT DO NOTHING
    RETURNING 1)
  SELECT count(*)::integer AS kept FROM kept`;

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
): Promise<Keys> {
  const hashes = commands.map(hashOf);
  const distinct = distinctKeys(commands);
  const claimed = await tx.query<StoredRow>(claimSql, columns(tx, commands, hashes, distinct));
  const ours = new Set(claimed.map(nameOf));
  const rows = ours.size === distinct.length ? [] : await readStored(tx, commands, distinct);
  const claim = judge(commands, hashes, new Map(rows.map((row) => [nameOf(row), row])), ours);
  return {
    claim,
    async store(answers) {
      const keys = columns(tx, commands, hashes, claim.fresh).slice(0, 2);
      await tx.query(updateSql, [...keys, answers.map((answer) => JSON.stringify(answer))]);
    },
  };
}

/**
 * Looks the keys of a batch up and keeps those nobody has when they have their answers: as one row that
 * is never written again, where a claim would be written twice. Where somebody else keeps one of them at
 * the same time, storing waits for them and then throws ConflictError.
 */
export async function findKeys(
  tx: CommandTransaction,
  commands: readonly Command[],
): Promise<Keys> {
  const hashes = commands.map(hashOf);
  const rows = await readStored(tx, commands, distinctKeys(commands));
  const claim = judge(commands, hashes, new Map(rows.map((row) => [nameOf(row), row])), null);
  return {
    claim,
    async store(answers) {
      const keys = columns(tx, commands, hashes, claim.fresh);
      const texts = answers.map((answer) => JSON.stringify(answer));
      const [row] = await tx.query<{ kept: number }>(insertSql, [...keys, texts]);
      if (row?.kept !== texts.length) throw new ConflictError('somebody else kept a key');
    },
  };
}

/** Positions of the first command of each key. */
function distinctKeys(commands: readonly Command[]): number[] {
  const first = new Map<string, number>();
  for (const [at, command] of commands.entries()) {
    if (!first.has(nameOf(command))) first.set(nameOf(command), at);
  }
  return [...first.values()];
}

/** Says of each command whether it is new, known, or a repeat; every key without a row is `ours`, if null. */
function judge(
  commands: readonly Command[],
  hashes: readonly Buffer[],
  stored: ReadonlyMap<string, StoredRow>,
  ours: ReadonlySet<string> | null,
): Claim {
  const claim: Claim = { fresh: [], known: new Map(), repeats: new Map() };
  const first = new Map<string, number>();
  for (const [at, command] of commands.entries()) {
    const name = nameOf(command);
    const hash = hashes[at] as Buffer;
    const earlier = first.get(name);
    const row = stored.get(name);
    if (row?.answer != null) {
      const same = row.input_hash.equals(hash);
      claim.known.set(at, same ? { answer: row.answer, replayed: true } : reused());
    } else if (ours === null ? row !== undefined : !ours.has(name)) {
      throw new Error('a key was claimed before and has no answer');
    } else if (earlier === undefined) {
      first.set(name, at);
      claim.fresh.push(at);
    } else if (hashes[earlier]?.equals(hash)) claim.repeats.set(at, earlier);
    else claim.known.set(at, reused());
  }
  return claim;
}

function readStored(
  tx: CommandTransaction,
  commands: readonly Command[],
  places: readonly number[],
): Promise<StoredRow[]> {
  const asked = places.map((at) => commands[at] as Command);
  return tx.query<StoredRow>(storedSql, [
    asked.map(({ scope }) => scope),
    asked.map(({ key }) => key),
  ]);
}

function columns(
  tx: CommandTransaction,
  commands: readonly Command[],
  hashes: readonly Buffer[],
  places: readonly number[],
): unknown[] {
  const chosen = places.map((at) => commands[at] as Command);
  return [
    chosen.map(({ scope }) => scope),
    chosen.map(({ key }) => key),
    chosen.map(({ kind }) => kind),
    places.map((at) => hashes[at]),
    tx.now,
  ];
}
