import type { FastifyRequest } from 'fastify';

/** Mail clients that show AMP mails in a page of theirs and name it as the origin of a request. */
const mailClients = new Set([
  'https://mail.google.com',
  'https://mail.yahoo.com',
  'https://e.mail.ru',
]);

/**
 * The headers that let a mail client hand the answer to the mail, after the two versions of "CORS in
 * AMP for Email": the sender in a header, or, older, in the address beside the client's origin. Null
 * unless the mail is from one of the senders. What goes out is our own copy of a name, never the
 * request's.
 */
export function ampHeaders(
  request: FastifyRequest,
  senders: readonly string[],
): Record<string, string> | null {
  const named = request.headers['amp-email-sender'];
  if (named !== undefined) {
    const sender = known(named, senders);
    return sender === null ? null : { 'amp-email-allow-sender': sender };
  }
  const { __amp_source_origin: source } = request.query as Record<string, unknown>;
  const sender = known(source, senders);
  const { origin } = request.headers;
  if (sender === null || origin === undefined || !mailClients.has(origin)) return null;
  return {
    'access-control-allow-origin': origin,
    'amp-access-control-allow-source-origin': sender,
    'access-control-expose-headers': 'AMP-Access-Control-Allow-Source-Origin',
    vary: 'origin',
  };
}

function known(name: unknown, senders: readonly string[]): string | null {
  if (typeof name !== 'string') return null;
  return senders.find((sender) => sender === name.toLowerCase()) ?? null;
}
