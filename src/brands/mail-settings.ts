import { userError } from '../platform/errors';
import type { Limits } from '../platform/limits';
import type { Checked } from '../platform/text';

type ListLimits = Pick<Limits, 'settingItems'>;

const longestAddress = 254;
const addressPattern = /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([a-z0-9-]{1,63}\.)+[a-z0-9-]{2,63}$/;

/** Origins of web pages such as `https://shop.example`, each once: scheme, host and port, nothing else. */
export function checkOrigins(
  origins: readonly string[],
  limits: ListLimits,
): Checked<readonly string[]> {
  const message =
    'An origin is a scheme, a host and a port if need be, such as https://www.brand.example.';
  return checkList(origins, isOrigin, limits, { field: 'linkOrigins', message });
}

/** E-mail addresses in lower case, each once. */
export function checkSenders(
  senders: readonly string[],
  limits: ListLimits,
): Checked<readonly string[]> {
  const lower = senders.map((sender) => sender.trim().toLowerCase());
  const isAddress = (text: string): boolean =>
    text.length <= longestAddress && addressPattern.test(text);
  const message = 'A sender is an e-mail address such as offers@brand.example.';
  return checkList(lower, isAddress, limits, { field: 'ampSenders', message });
}

function isOrigin(text: string): boolean {
  return /^https?:[^*]+$/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}

function checkList(
  items: readonly string[],
  isFit: (item: string) => boolean,
  { settingItems }: ListLimits,
  { field, message }: { field: string; message: string },
): Checked<readonly string[]> {
  if (items.length > settingItems) {
    const tooMany = `At most ${settingItems} are kept.`;
    return { refusal: userError('LIMIT_EXCEEDED', [field], tooMany) };
  }
  if (!items.every(isFit)) return { refusal: userError('INVALID_VALUE', [field], message) };
  return { value: [...new Set(items)] };
}
