import type { IdentityKind } from './identity.type';

/** What systems write when they know nobody; compared in lower case, without brackets and dots around. */
const words = new Set(
  (
    'null undefined nil none n/a na nan unknown anonymous anon guest default empty blank void ' +
    'not-set not_set notset missing todo tbd true false error #n/a #ref! #value! ' +
    'userid user_id user-id customerid customer_id customer-id deviceid device_id device-id ' +
    'id externalid external_id your_id your-id'
  ).split(' '),
);

const phrases = new Set(['not set', 'not available', 'not provided', 'no value', 'object object']);

/** Mailboxes nobody reads, at any domain. */
const nobodies = new Set(
  'null undefined none nobody noone anonymous noemail no-email no.email noreply no-reply donotreply do-not-reply mailer-daemon'.split(
    ' ',
  ),
);

/** Mailboxes and domains that together are what people type to get past a form. */
const tried = new Set(
  'test tester testing test1 test123 user user1 example sample demo fake dummy asdf qwerty abc foo bar a aa aaa x xx xxx name email mail your-email youremail'.split(
    ' ',
  ),
);
const triedAt = new Set(
  'test.com test.test test.in example.com example.org example.net email.com domain.com yourdomain.com company.com none.com null.com fake.com abc.com asdf.com a.com'.split(
    ' ',
  ),
);

/** `{{user_id}}`, `${id}`, `%%id%%`, `%id%`, `<%= id %>`, `*|EMAIL|*`, `[[id]]`, `{id}`, `<id>`. */
const templates =
  /\{\{|\}\}|\$\{|%%|<%|%>|\*\||\|\*|\[\[|\]\]|^%[a-z_. -]+%$|^[{<][a-z_. -]*[}>]$|^\[object /i;

/** One letter over and over, or noughts, as in the nil UUID; a number such as 4444 may be the 4444th. */
const repeated = /^([a-z])\1{3,63}$|^0+$|^([0-9])\2{9,}$/i;
const counted = new Set(['1234567890', '0123456789', '9876543210']);

/**
 * Whether what was sent stands for nobody: a word for nothing, a template nobody filled in, one sign over
 * and over, an address everybody types. Whoever is told apart by it would be many people in one.
 * docs/identity.md lists what is meant.
 */
export function isPlaceholder(kind: IdentityKind | 'EXTERNAL_ID', value: string): boolean {
  if (kind === 'EMAIL') return isNobodysAddress(value);
  if (kind === 'PHONE') return isRepetition(value.slice(-10)) || counted.has(value.slice(-10));
  const text = value.trim().toLowerCase();
  const bare = text.replace(/^[\s"'`([{<.:;,_-]+|[\s"'`)\]}>.:;,_-]+$/g, '');
  if (templates.test(text) || bare === '') return true;
  return words.has(bare) || phrases.has(bare) || isRepetition(bare);
}

function isNobodysAddress(email: string): boolean {
  const at = email.lastIndexOf('@');
  const [local, domain] = [email.slice(0, at), email.slice(at + 1)];
  if (nobodies.has(local) || templates.test(local)) return true;
  return triedAt.has(domain) && (tried.has(local) || isRepetition(local));
}

function isRepetition(text: string): boolean {
  return repeated.test(text.replace(/[\s-]/g, ''));
}
