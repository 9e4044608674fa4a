import { createHmac } from 'node:crypto';
import { deriveKey, sameHash } from '../../auth/secrets';

/** A place in the write-ahead log of the database, in bytes; exact up to nine petabytes of writes. */
export type Position = number;

/** The header that tells a client how far its answer has seen, and takes that back. */
export const positionHeader = 'rewards-position';

/** A position no standby has reached: only the primary will do. */
export const beyondAll: Position = Number.POSITIVE_INFINITY;

/** Reads PostgreSQL's form of a position, such as `0/16B3748`. */
export function readLsn(text: string): Position {
  const [high = '', low = ''] = text.split('/');
  return Number.parseInt(high, 16) * 2 ** 32 + Number.parseInt(low, 16);
}

const positionBytes = 8;
const sealBytes = 8;

/**
 * Positions as clients carry them: opaque and sealed, so that nobody can have everybody wait for a
 * position that never comes.
 */
export class PositionTokens {
  private readonly key: Buffer;

  constructor(tokenSecret: string) {
    this.key = deriveKey(tokenSecret, 'read position');
  }

  write(position: Position): string {
    const bytes = Buffer.alloc(positionBytes);
    bytes.writeBigUInt64BE(BigInt(position));
    return Buffer.concat([bytes, this.seal(bytes)]).toString('base64url');
  }

  /**
   * The position of a token, 0 without one. Whoever sends what we did not write may have seen anything,
   * such as the answer of a process with another secret: `beyondAll`.
   */
  read(token: string | string[] | undefined): Position {
    if (token === undefined) return 0;
    const bytes = Buffer.from(String(token), 'base64url');
    if (bytes.length !== positionBytes + sealBytes) return beyondAll;
    const position = bytes.subarray(0, positionBytes);
    if (!sameHash(bytes.subarray(positionBytes), this.seal(position))) return beyondAll;
    return Number(position.readBigUInt64BE());
  }

  private seal(position: Buffer): Buffer {
    return createHmac('sha256', this.key).update(position).digest().subarray(0, sealBytes);
  }
}
