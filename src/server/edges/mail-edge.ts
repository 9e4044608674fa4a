import type { FastifyRequest } from 'fastify';
import { linkTokens } from '../../message-view';
import type { Caller } from '../../platform/auth/caller';
import { sha256 } from '../../platform/auth/secrets';
import type { Link, LinkPurpose, LinkTokens } from '../../platform/auth/link-token';
import { publicUrlOf } from '../../platform/config';
import type { Command } from '../../platform/database/command';
import { nilUuid } from '../../platform/ids';
import type { Context } from '../../platform/graphql/context';
import { Buckets, ThrottledError, type BucketSize } from '../cost-buckets';
import type { Service } from '../service';

/** What every route for links in mails and on paper needs: whose link it is, whether it may be used, a record of it. */
export class MailEdge {
  private readonly tokens: LinkTokens;
  private readonly buckets = new Buckets();
  private readonly perAddress: BucketSize;
  private readonly perToken: BucketSize;

  constructor(readonly service: Service) {
    const { config } = service;
    const { limits } = config;
    this.tokens = linkTokens(config);
    this.perAddress = {
      size: limits.edgeAddressBucket,
      perSecond: limits.edgeAddressBucketPerSecond,
    };
    this.perToken = { size: limits.edgeTokenBucket, perSecond: limits.edgeTokenBucketPerSecond };
  }

  /** What links to this service begin with. */
  get publicUrl(): string {
    return publicUrlOf(this.service.config);
  }

  /** Throws ThrottledError when the address asks too often. */
  admit(request: FastifyRequest): void {
    this.buckets.charge(`address ${request.ip}`, this.perAddress, 1);
  }

  /** As `admit`, for one thing without a link of its own. */
  admitTo(thing: string, request: FastifyRequest): void {
    this.buckets.charge(`${thing} ${request.ip}`, this.perToken, 1);
  }

  /**
   * Whose link it is; null for every text that is none of ours, of this purpose and of this time.
   * Throws ThrottledError when the address, or a good link, is used too often.
   */
  open(purpose: LinkPurpose, token: string, request: FastifyRequest): Link | null {
    this.admit(request);
    const link = this.tokens.read(purpose, token, this.service.clock.now(new Date()));
    // By its hash: a bucket is remembered for long, and what it is named by may reach a dump.
    const name = () => `token ${sha256(token).toString('base64url')}`;
    if (link !== null) this.buckets.charge(name(), this.perToken, 1);
    return link;
  }

  /** As `open`, for answers that must look the same whatever is wrong: too often is null too. */
  openQuietly(purpose: LinkPurpose, token: string, request: FastifyRequest): Link | null {
    try {
      return this.open(purpose, token, request);
    } catch (error) {
      if (error instanceof ThrottledError) return null;
      throw error;
    }
  }

  /**
   * Records attention without keeping its reader waiting: resolves when it is stored, or after
   * `edgeWaitMs`. What is stored later is stored all the same; what cannot be is logged.
   */
  async record(command: Command, request: FastifyRequest): Promise<void> {
    const { commands, config, log } = this.service;
    const stored = commands.submit(command).then(
      () => undefined,
      (error: unknown) => {
        const route = request.routeOptions.url;
        const { code } = error as { code?: string };
        log.warn({ requestId: request.id, route, code }, 'attention from a mail was lost');
      },
    );
    await Promise.race([stored, elapsed(config.limits.edgeWaitMs)]);
  }

  /** Reads as the brand of a link would, in one snapshot. */
  reading<Value>(
    brandId: string,
    request: FastifyRequest,
    read: (context: Context) => Promise<Value>,
  ): Promise<Value> {
    return this.readingAs({ kind: 'brand', brandId, keyId: nilUuid, scopes: [] }, request, read);
  }

  /** Reads as a caller would, in one snapshot. */
  async readingAs<Value>(
    caller: Caller,
    request: FastifyRequest,
    read: (context: Context) => Promise<Value>,
  ): Promise<Value> {
    const context = this.service.contextFor(caller, request.id, this.service.log);
    try {
      return await read(context);
    } finally {
      await context.reads.close();
    }
  }
}

function elapsed(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}
