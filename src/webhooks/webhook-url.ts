import { isIP } from 'node:net';
import { userError } from '../platform/errors';
import { checkText, type Checked } from '../platform/text';

export interface UrlRules {
  maxBytes: number;
  /** Plain HTTP, any port and any host; for development only. */
  allowPrivate: boolean;
}

const field = ['url'];
/** The default port of HTTPS, which a URL does not write, and its usual second. */
const ports = new Set(['', '8443']);
/** Names that are resolved inside a network, or by no public server. */
const privateNames =
  /(^|\.)(localhost|localdomain|local|internal|intranet|lan|home|corp|onion|home\.arpa)$/;

/**
 * An address webhooks may be sent to, as the URL standard writes it: `https`, a public name and no
 * address, port 443 or 8443, no user and password. The standard turns every way to write an IPv4
 * address (decimal, hexadecimal, octal, short, full-width) into the usual one, which is then refused.
 * What a name leads to is judged when a connection is made. Refuses with INVALID_TEXT or INVALID_VALUE.
 */
export function checkWebhookUrl(value: string, rules: UrlRules): Checked<string> {
  const text = checkText(value, { maxBytes: rules.maxBytes, field });
  if (text.refusal) return text;
  if (!URL.canParse(text.value)) return refuse('The address is not a URL.');
  const url = new URL(text.value);
  url.hash = '';
  const problem = problemOf(url, rules.allowPrivate);
  if (problem !== null) return refuse(problem);
  if (url.href.length > rules.maxBytes) return refuse('The address is too long.');
  return { value: url.href };
}

function problemOf(url: URL, allowPrivate: boolean): string | null {
  const plain = url.protocol === 'http:' && allowPrivate;
  if (url.protocol !== 'https:' && !plain) return 'The address must begin with https.';
  if (url.username !== '' || url.password !== '') {
    return 'The address must not hold a user or a password.';
  }
  if (allowPrivate) return null;
  if (!ports.has(url.port)) return 'The port must be 443 or 8443.';
  return problemOfHost(url.hostname);
}

function problemOfHost(host: string): string | null {
  if (host.startsWith('[') || isIP(host) !== 0) {
    return 'The host must be a name and not an IP address.';
  }
  if (host.endsWith('.') || !host.includes('.') || privateNames.test(host)) {
    return 'The host must be a public name.';
  }
  return null;
}

function refuse(message: string): { refusal: ReturnType<typeof userError> } {
  return { refusal: userError('INVALID_VALUE', field, message) };
}
