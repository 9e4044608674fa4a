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

/** Names remembered; one forgotten starts again with a full bucket, so the number is large. */
const rememberedNames = 50_000;

/** Buckets by name. Each process counts on its own. */
export class Buckets {
  private readonly buckets = new LRUCache<string, TokenBucket>({ max: rememberedNames });

  /**
   * Takes the cost of something from a bucket. What costs more than the bucket holds may be had when
   * the bucket is full. Throws ThrottledError, and takes nothing, when there is too little.
   */
  charge(name: string, { size, perSecond }: BucketSize, cost: number): Charge {
    const bucket = this.bucket(name, size, perSecond);
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

/**
 * One bucket a brand (whatever its key), a customer, the platform, and a remote address for callers
 * without a key.
 */
export class CostBuckets {
  private readonly buckets = new Buckets();

  constructor(private readonly bucketOf: BucketOf) {}

  /** Takes the cost of an operation from its caller's bucket. Throws ThrottledError. */
  charge(caller: Caller, address: string, cost: number): Charge {
    return this.buckets.charge(nameOf(caller, address), this.bucketOf(caller), cost);
  }
}

function nameOf(caller: Caller, address: string): string {
  if (caller.kind === 'brand') return `brand ${caller.brandId}`;
  if (caller.kind === 'customer') return `customer ${caller.customerId}`;
  return caller.kind === 'platform' ? 'platform' : `address ${address}`;
}
