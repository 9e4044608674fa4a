import { createHmac } from 'node:crypto';
import { apiKeyId } from './principal-ids';
import { deriveKey, sha256 } from './secrets';

/** An API key as a client sends it: who it claims to be, and the proof. */
export interface PresentedApiKey {
  uuid: string;
  secret: string;
}

const marker = 'ar_';
const apiKeyPattern = /^ar_([0-9a-z]{26})_([A-Za-z0-9_-]{43})$/;

/** Whether a credential means to be an API key, well formed or not. */
export function looksLikeApiKey(credential: string): boolean {
  return credential.startsWith(marker);
}

/** Reads `ar_<id>_<secret>`; the id is that of the key's TypeID, so no database is asked. Or null. */
export function parseApiKey(credential: string): PresentedApiKey | null {
  const [, suffix, secret] = apiKeyPattern.exec(credential) ?? [];
  if (suffix === undefined || secret === undefined) return null;
  const uuid = apiKeyId.decode(`${apiKeyId.prefix}_${suffix}`);
  return uuid === null ? null : { uuid, secret };
}

/** What is stored of a key and compared: SHA-256 of the secret, which has 256 bits of its own. */
export function hashApiKeySecret(secret: string): Buffer {
  return sha256(secret);
}

/**
 * Makes the texts of API keys. A key's secret is derived from its UUID and the token secret instead of
 * being drawn, so that a repeated request can be answered with the same text though only a hash of it
 * is stored. Existing keys outlive a change of the token secret, since their hashes stay; only the
 * repeated answer is lost.
 */
export class ApiKeyMint {
  private readonly derivationKey: Buffer;

  constructor(tokenSecret: string) {
    this.derivationKey = deriveKey(tokenSecret, 'api-key');
  }

  /** The hash to store for a new key. */
  hashFor(uuid: string): Buffer {
    return hashApiKeySecret(this.secretOf(uuid));
  }

  /** The whole text of a key, or null when the stored hash was made under another token secret. */
  textFor(uuid: string, storedHash: Buffer): string | null {
    const secret = this.secretOf(uuid);
    if (!hashApiKeySecret(secret).equals(storedHash)) return null;
    return `${marker}${apiKeyId.encode(uuid).slice(apiKeyId.prefix.length + 1)}_${secret}`;
  }

  private secretOf(uuid: string): string {
    return createHmac('sha256', this.derivationKey).update(uuid).digest('base64url');
  }
}
