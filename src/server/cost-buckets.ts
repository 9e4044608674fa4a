import { TokenBucket } from 'limiter';
import { LRUCache } from 'lru-cache';
import type { Caller } from '../platform/auth/caller';
import { RequestError } from '../platform/errors';
import type { Limits } from '../platform/limits';

/** A bucket of cost points: how many it holds and how many flow in a second. */
export interface BucketSize {
  size: number;
  perSecond: number;
}

/** The size of a caller's bucket. A brand with a setting of its own is looked up here. */
export type BucketOf = (caller: Caller) => BucketSize;

/** What a request took and what is left, as `extensions.cost` shows it. */
export interface Charge {
  requested: number;
  available: number;
  /** Points a second. */
  restoreRate: number;
}

/** The bucket is empty; the same request may come again after the given seconds. */
export class ThrottledError extends RequestError {
  constructor(
    readonly charge: Charge,
    readonly retryAfterSeconds: number,
  ) {
    super('THROTTLED', undefined, { cost: charge, retryable: true });
    this.name = 'ThrottledError';
  }
}

/** Sizes by the kind of caller, from the limits. */
export function bucketsByKind(limits: Limits): BucketOf {
  const sizes: Record<Caller['kind'], BucketSize> = {
    anonymous: { size: limits.anonymousBucket, perSecond: limits.anonymousBucketPerSecond },
    customer: { size: limits.customerBucket, perSecond: limits.customerBucketPerSecond },
    brand: { size: limits.brandBucket, perSecond: limits.brandBucketPerSecond },
    platform: { size: limits.platformBucket, perSecond: limits.platformBucketPerSecond },
  };
  return (caller) => sizes[caller.kind];
}

/** Callers remembered; one forgotten starts again with a full bucket, so the number is large. */
const rememberedCallers = 50_000;

/**
 * One bucket a brand (whatever its key), a customer, the platform, and a remote address for callers
 * without a key. Each process counts on its own.
 */
export class CostBuckets {
  private readonly buckets = new LRUCache<string, TokenBucket>({ max: rememberedCallers });

  constructor(private readonly bucketOf: BucketOf) {}

  /**
   * Takes the cost of an operation. One that costs more than the bucket holds may run when the bucket
   * is full. Throws ThrottledError, and takes nothing, when there is too little.
   */
  charge(caller: Caller, address: string, cost: number): Charge {
    const { size, perSecond } = this.bucketOf(caller);
    const bucket = this.bucket(nameOf(caller, address), size, perSecond);
    const due = Math.min(cost, size);
    const paid = bucket.tryRemoveTokens(due);
    const available = Math.floor(bucket.content);
    const charge = { requested: cost, available, restoreRate: perSecond };
    if (paid) return charge;
    throw new ThrottledError(charge, Math.max(1, Math.ceil(bucket.getWaitTime(due) / 1000)));
  }

  private bucket(name: string, size: number, perSecond: number): TokenBucket {
    const known = this.buckets.get(name);
    if (known?.bucketSize === size && known.tokensPerInterval === perSecond) return known;
    const bucket = new TokenBucket({
      bucketSize: size,
      tokensPerInterval: perSecond,
      interval: 'second',
    });
    bucket.content = size;
    this.buckets.set(name, bucket);
    return bucket;
  }
}

function nameOf(caller: Caller, address: string): string {
  if (caller.kind === 'brand') return `brand ${caller.brandId}`;
  if (caller.kind === 'customer') return `customer ${caller.customerId}`;
  return caller.kind === 'platform' ? 'platform' : `address ${address}`;
}
