import { createPublicKey } from 'node:crypto';
import { userError } from '../platform/errors';
import type { Checked } from '../platform/text';
import { isZoneName } from '../platform/zones';

const slugPattern = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const currencyPattern = /^[A-Z]{3}$/;
const longestPublicKey = 1000;
const mostEventAgeDays = 365;

/** Lower case letters, digits and inner hyphens, 1 to 63; a slug is part of addresses. */
export function checkSlug(slug: string): Checked<string> {
  if (slugPattern.test(slug)) return { value: slug };
  const message = 'A slug has 1 to 63 lower case letters, digits and inner hyphens.';
  return { refusal: userError('INVALID_TEXT', ['slug'], message) };
}

/** A time zone of the IANA database by name. */
export function checkTimezone(timezone: string | null): Checked<string> {
  if (timezone !== null && isZoneName(timezone)) return { value: timezone };
  const message = 'Not the name of an IANA time zone, such as Asia/Kolkata.';
  return { refusal: userError('INVALID_VALUE', ['timezone'], message) };
}

/** Three capital letters, as ISO 4217 writes currencies. */
export function checkCurrency(currency: string): Checked<string> {
  if (currencyPattern.test(currency)) return { value: currency };
  const message = 'A currency has three capital letters, such as INR.';
  return { refusal: userError('INVALID_VALUE', ['currency'], message) };
}

/** How old attention may be: 1 to 365 days. */
export function checkEventAge(days: number | null): Checked<number> {
  if (days !== null && days >= 1 && days <= mostEventAgeDays) return { value: days };
  const message = `The age is from 1 to ${mostEventAgeDays} days.`;
  return { refusal: userError('INVALID_VALUE', ['maxEventAgeDays'], message) };
}

/** A bucket setting of at least 1, or null for the default. */
export function checkBucket(size: number | null, field: string): Checked<number | null> {
  if (size === null || size >= 1) return { value: size };
  return { refusal: userError('INVALID_VALUE', [field], 'A bucket setting is at least 1.') };
}

/** SendGrid's verification key as its settings show it: base64 of an elliptic curve key; null for none. */
export function checkSendgridKey(key: string | null): Checked<string | null> {
  if (key === null || isEllipticKey(key)) return { value: key };
  const message = "Not SendGrid's verification key: the base64 text from its webhook settings.";
  return { refusal: userError('INVALID_VALUE', ['sendgridPublicKey'], message) };
}

function isEllipticKey(text: string): boolean {
  const der = Buffer.from(text, 'base64');
  if (text.length > longestPublicKey || der.toString('base64') !== text) return false;
  try {
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
    return key.asymmetricKeyDetails?.namedCurve === 'prime256v1';
  } catch {
    return false;
  }
}
