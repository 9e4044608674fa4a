import { parsePhoneNumberFromString } from 'libphonenumber-js';
import isEmail from 'validator/lib/isEmail';

const longestEmailBytes = 254;
const longestPhone = 40;
const visibleAscii = /^[\x21-\x7e]+$/;

const strictEmail = {
  allow_display_name: false,
  allow_ip_domain: false,
  allow_underscores: false,
  allow_utf8_local_part: false,
  require_tld: true,
  // Quotes around the local part would give one mailbox many spellings.
  blacklisted_chars: '"',
};

/**
 * The one spelling of an e-mail address by which customers are told apart, or null: NFKC, trimmed,
 * lower case, ASCII only, at most 254 bytes. Dots and `+tag` stay, for they may be other people; a
 * domain in another script must come as `xn--…`. See docs/decisions/0010.
 */
export function canonicalEmail(text: string): string | null {
  if (text.length > longestEmailBytes) return null;
  const email = text.normalize('NFKC').trim().toLowerCase();
  if (email.length > longestEmailBytes || !visibleAscii.test(email)) return null;
  return isEmail(email, strictEmail) ? email : null;
}

/**
 * A phone number in E.164 form (`+919820012345`), or null. It needs its country code and no extension,
 * and must be one its country gives out, as far as the numbering plans of the library know.
 */
export function canonicalPhone(text: string): string | null {
  if (text.length > longestPhone) return null;
  const number = parsePhoneNumberFromString(text.normalize('NFKC').trim(), { extract: false });
  if (number === undefined || number.ext !== undefined || !number.isValid()) return null;
  return number.number;
}
