import type { IncomingHttpHeaders } from 'node:http';
import { hashApiKeySecret, looksLikeApiKey, parseApiKey } from '../platform/auth/api-key';
import { readBearer } from '../platform/auth/bearer';
import type { Caller } from '../platform/auth/caller';
import { CustomerTokens } from '../platform/auth/customer-token';
import { sameHash, sha256 } from '../platform/auth/secrets';
import type { Clock } from '../platform/clock';
import type { Config } from '../platform/config';
import type { Database } from '../platform/database/database';
import { RequestError } from '../platform/errors';
import { findKey, type BucketSetting } from './api-key.cache';

interface AuthenticatorParts {
  config: Config;
  database: Database;
  clock: Clock;
}

const bucketOf = new WeakMap<Caller, BucketSetting>();

/** The cost bucket the caller's brand was given, by `Caller` as the authenticator answered it; or null. */
export function brandBucketOf(caller: Caller): BucketSetting | null {
  return bucketOf.get(caller) ?? null;
}

/**
 * Makes the function that tells who calls, from the Authorization header alone: the platform's key, a
 * brand's API key, a customer's token; without a header anonymous. It throws RequestError
 * UNAUTHENTICATED for everything else with one message, and UnavailableError when a brand's key cannot
 * be looked up, so that nobody throws a good key away because a database was restarted.
 */
export function createAuthenticator({
  config,
  database,
  clock,
}: AuthenticatorParts): (headers: IncomingHttpHeaders) => Promise<Caller> {
  const platformKey = sha256(config.platformKey);
  const tokens = new CustomerTokens(config.tokenSecret, config.limits);
  return async (headers) => {
    const credential = readBearer(headers);
    if (credential === null) return { kind: 'anonymous' };
    if (sameHash(sha256(credential), platformKey)) return { kind: 'platform' };
    if (looksLikeApiKey(credential)) return brandBehind(database, credential);
    return { kind: 'customer', ...tokens.verify(credential, clock.now(new Date())) };
  };
}

async function brandBehind(database: Database, credential: string): Promise<Caller> {
  const presented = parseApiKey(credential);
  const record = presented && (await findKey(database, presented.uuid));
  if (!presented || !record || !sameHash(hashApiKeySecret(presented.secret), record.secretHash)) {
    throw new RequestError('UNAUTHENTICATED');
  }
  bucketOf.set(record.caller, record.bucket);
  return record.caller;
}
