import type { FastifyInstance, FastifyRequest } from 'fastify';
import { generateKeyPairSync } from 'node:crypto';
import { brandBySlugLoader, brandId, brandLoader, type BrandEntity } from '../brands';
import type { Answered, Command } from '../platform/database/command';
import { RequestError, UnavailableError } from '../platform/errors';
import { commandOf, wasAccepted, webhookAdapters, type WebhookAdapter } from '../rewards';
import type { Context } from '../platform/graphql/context';
import { momentOf } from '../platform/graphql/moment';
import { acceptRawBody } from './request-body';
import type { Service } from './service';

/** What became of the reports of a webhook. */
export interface WebhookOutcome {
  /** Recorded, now or by an earlier call. */
  accepted: number;
  /** Of no use here. */
  ignored: number;
  /** Refused for good, an unknown customer for example; sending them again changes nothing. */
  refused: number;
}

/**
 * `POST /webhooks/:brand/<provider>` for every provider we understand; the brand is named by its slug or
 * id. Whoever is not the provider of such a brand gets one same 401, whatever is wrong. A 503 asks the
 * provider to send the whole again, which is safe: each report has its own idempotency key.
 */
export function webhookRoutes(scope: FastifyInstance, service: Service): void {
  acceptRawBody(scope, service.config.limits.batchBodyBytes);
  for (const [provider, adapter] of webhookAdapters) {
    scope.post<{ Params: { brand: string } }>(`/webhooks/:brand/${provider}`, async (request) => {
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const brand = await authenticate(service, adapter, request, body);
      const outcome = await record(service, adapter, brand, body);
      service.log.info({ requestId: request.id, provider, brand: brand.id, ...outcome }, 'webhook');
      return outcome;
    });
  }
}

/** What may be looked up: PostgreSQL does not take every text an address can carry. */
const slugPattern = /^[a-z0-9-]{1,63}$/;

/** Stands in where a brand has no key, so that the answer does not come sooner than for a bad signature. */
const nobodysKey = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  .publicKey.export({ format: 'der', type: 'spki' })
  .toString('base64');

async function authenticate(
  service: Service,
  adapter: WebhookAdapter,
  request: FastifyRequest<{ Params: { brand: string } }>,
  body: Buffer,
): Promise<BrandEntity> {
  const { brand, now } = await look(service, request.params.brand, request.id);
  const publicKey = brand === null ? null : adapter.publicKeyOf(brand);
  const { headers } = request;
  const signed = adapter.verify({ body, headers, publicKey: publicKey ?? nobodysKey, now });
  if (brand !== null && publicKey !== null && signed) return brand;
  throw new RequestError('UNAUTHENTICATED', 'Not signed, lately, by a key this brand has entered.');
}

/** The brand of that slug or id, and the time, both as the database knows them. */
async function look(
  service: Service,
  name: string,
  requestId: string,
): Promise<{ brand: BrandEntity | null; now: Date }> {
  const context = service.contextFor({ kind: 'platform' }, requestId, service.log);
  try {
    const now = await momentOf(context);
    return { brand: await find(context, name), now };
  } finally {
    await context.reads.close();
  }
}

async function find(context: Context, name: string): Promise<BrandEntity | null> {
  const uuid = brandId.decode(name);
  if (uuid !== null) return brandLoader(context).load(uuid);
  return slugPattern.test(name) ? brandBySlugLoader(context).load(name) : null;
}

async function record(
  service: Service,
  adapter: WebhookAdapter,
  brand: BrandEntity,
  body: Buffer,
): Promise<WebhookOutcome> {
  const reports = adapter.read(body);
  if (reports === null) throw new RequestError('BAD_REQUEST');
  const commands = reports.flatMap((report) => commandOf(report, brand.uuid) ?? []);
  const outcome = { accepted: 0, ignored: reports.length - commands.length, refused: 0 };
  const most = service.config.limits.listInput;
  for (let start = 0; start < commands.length; start += most) {
    for (const { answer } of await submit(service, commands.slice(start, start + most))) {
      outcome[wasAccepted(answer) ? 'accepted' : 'refused'] += 1;
    }
  }
  return outcome;
}

/** Waits for all, also when some fail: an answer that goes out before its work is done would be no answer. */
async function submit(service: Service, commands: Command[]): Promise<Answered[]> {
  const settled = await Promise.allSettled(commands.map((one) => service.commands.submit(one)));
  const failures = settled.filter((one) => one.status === 'rejected');
  const failure = failures.find(({ reason }) => reason instanceof UnavailableError) ?? failures[0];
  if (failure !== undefined) throw failure.reason;
  return settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
}
