import { createHash } from 'node:crypto';
import { z } from 'zod';
import { isSignedBySendGrid } from './sendgrid-signature';
import type { DeliveryReport, MessageRef, WebhookAdapter, WebhookReport } from './webhook-adapter';

const longestUserAgent = 1000;
const longestUrl = 1000;

const text = z.string().optional().catch(undefined);
/** Documented as text, sent as a number; up to the end of the year 9999. */
const unixSeconds = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^[0-9]{1,12}$/)
      .transform(Number),
  ])
  .pipe(z.int().min(0).max(253_402_300_799))
  .optional()
  .catch(undefined);

/**
 * The parts of an event we read, after SendGrid's event webhook reference. Custom arguments stand
 * beside the event's own fields; a field of another type than documented counts as absent.
 */
const eventSchema = z.object({
  event: z.string(),
  email: text,
  timestamp: unixSeconds,
  sg_event_id: text,
  sg_machine_open: z.boolean().optional().catch(undefined),
  useragent: text,
  url: text,
  message_id: text,
  message_external_id: text,
});

type SendGridEvent = z.infer<typeof eventSchema>;

/** What an event says of the way of a mail. A `deferred` one is tried again and says nothing yet. */
const deliveryStates = new Map<string, DeliveryReport['state']>([
  ['delivered', 'DELIVERED'],
  ['bounce', 'BOUNCED'],
  ['dropped', 'SUPPRESSED'],
]);

/** SendGrid's event webhook. Opens and clicks are attention, deliveries and bounces deliveries. */
export const sendgrid: WebhookAdapter = {
  publicKeyOf: (brand) => brand.sendgridPublicKey,
  verify: isSignedBySendGrid,
  read(body) {
    let events: unknown;
    try {
      events = JSON.parse(body.toString('utf8'));
    } catch {
      return null;
    }
    return Array.isArray(events) ? events.map(toReport) : null;
  },
};

function ignored(reason: string): WebhookReport {
  return { kind: 'ignored', reason };
}

function toReport(raw: unknown): WebhookReport {
  const parsed = eventSchema.safeParse(raw);
  if (!parsed.success) return ignored('not an event');
  const { data: event } = parsed;
  const state = deliveryStates.get(event.event);
  const wanted = event.event === 'open' || event.event === 'click' || state !== undefined;
  if (!wanted) return ignored('an event of no use here');
  if (!event.sg_event_id) return ignored('no event id');
  if (!event.email) return ignored('no recipient');
  if (event.timestamp === undefined) return ignored('no time');
  const report = {
    key: keyOf(event.sg_event_id),
    customer: { email: event.email },
    occurredAt: new Date(event.timestamp * 1000).toISOString(),
  };
  const message = messageOf(event);
  if (state !== undefined) {
    if (message === null) return ignored('a delivery that names no message');
    return { kind: 'delivery', state, ...report, message };
  }
  return {
    kind: 'attention',
    action: event.event === 'open' ? 'OPEN' : 'CLICK',
    channel: 'EMAIL',
    ...report,
    message,
    machineOpen: event.sg_machine_open === true,
    userAgent: event.useragent?.slice(0, longestUserAgent) ?? null,
    properties: propertiesOf(event),
  };
}

/** Event ids are documented as URL-safe, of about 100 characters; any other is represented by its hash. */
function keyOf(eventId: string): string {
  if (/^[\x21-\x7e]{1,180}$/.test(eventId)) return `sendgrid:${eventId}`;
  return `sendgrid:sha256:${createHash('sha256').update(eventId).digest('hex')}`;
}

function messageOf(event: SendGridEvent): MessageRef | null {
  if (event.message_id) return { messageId: event.message_id };
  if (event.message_external_id) return { messageExternalId: event.message_external_id };
  return null;
}

/** What a link pointed at, without query and fragment: those often carry who the reader is. */
function propertiesOf(event: SendGridEvent): Record<string, unknown> {
  const properties = { provider: 'sendgrid' };
  if (event.url === undefined || !URL.canParse(event.url)) return properties;
  const { protocol, host, pathname } = new URL(event.url);
  const url = `${protocol}//${host}${pathname}`;
  const fits = /^https?:$/.test(protocol) && url.length <= longestUrl;
  return fits ? { ...properties, url } : properties;
}
