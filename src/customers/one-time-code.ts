import { createHmac } from 'node:crypto';
import { deriveKey } from '../platform/auth/secrets';

const codes = 1_000_000n;

/**
 * Makes and proves the codes people are sent. A code is derived from its confirmation's UUID and the
 * token secret instead of being drawn, so that a repeated request is answered with the same code though
 * only a keyed hash of it is stored (docs/decisions/0008 does the same for API keys).
 */
export class OneTimeCodes {
  private readonly drawing: Buffer;
  private readonly proving: Buffer;

  constructor(tokenSecret: string) {
    this.drawing = deriveKey(tokenSecret, 'one-time-code');
    this.proving = deriveKey(tokenSecret, 'one-time-code-proof');
  }

  /** Six digits; 64 bits are drawn from, so no code is noticeably likelier than another. */
  codeOf(uuid: string): string {
    const drawn = createHmac('sha256', this.drawing).update(uuid).digest().readBigUInt64BE();
    return (drawn % codes).toString().padStart(6, '0');
  }

  /** What is stored of a code, and what a guess is turned into before it goes any further. */
  proofOf(uuid: string, code: string): Buffer {
    return createHmac('sha256', this.proving).update(`${uuid} ${code}`).digest();
  }
}
