import { userError, type UserErrorShape } from '../platform/errors';
import type { Limits } from '../platform/limits';
import { checkJsonObject } from '../platform/text';
import type { EventMappingInput, EventTargetInput } from './mapping.input';

/** A mapping as it is kept: what the input said. */
export type Mapping = EventMappingInput;

const pathFields = [
  ['attention', ['channelPath', 'messagePath', 'durationMsPath']],
  [
    'order',
    ['externalIdPath', 'amountPath', 'currencyPath', 'itemsPath', 'campaignPath', 'costPath'],
  ],
] as const;

/** What is wrong with a mapping, by the field of it, or null. */
export function refusalOfMapping(
  mapping: Mapping,
  limits: Limits,
  field: string[],
): UserErrorShape | null {
  const { customer, rules } = mapping;
  if (customer.length === 0 || rules.length === 0) {
    const empty = customer.length === 0 ? 'customer' : 'rules';
    return userError('INVALID_VALUE', [...field, empty], 'Name at least one.');
  }
  if (rules.length > limits.mappingRules || customer.length > limits.mappingRules) {
    const long = rules.length > limits.mappingRules ? 'rules' : 'customer';
    return userError('LIMIT_EXCEEDED', [...field, long]);
  }
  for (const [at, { path }] of customer.entries()) {
    const wrong = refusalOfPath(path, limits, [...field, 'customer', String(at), 'path']);
    if (wrong !== null) return wrong;
  }
  for (const [at, { becomes }] of rules.entries()) {
    const wrong = refusalOfTarget(becomes, limits, [...field, 'rules', String(at), 'becomes']);
    if (wrong !== null) return wrong;
  }
  const texts = textsOf(mapping);
  if (texts.some((text) => Buffer.byteLength(text, 'utf8') > limits.textBytes)) {
    const message = `A text of a mapping is at most ${limits.textBytes} bytes of UTF-8.`;
    return userError('INVALID_TEXT', field, message);
  }
  const whole = { traitKeys: 40 * limits.mappingRules, traitDepth: 8, traitBytes: 256 * 1024 };
  return checkJsonObject(plain(mapping), whole, field).refusal ?? null;
}

/** Every text in a value, however deep. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsOf);
}

function refusalOfTarget(
  target: EventTargetInput,
  limits: Limits,
  field: string[],
): UserErrorShape | null {
  if (target.nothing === false) {
    return userError('INVALID_VALUE', [...field, 'nothing'], 'Say true, or what becomes of it.');
  }
  for (const [name, paths] of pathFields) {
    const said = target[name] as Record<string, unknown> | null | undefined;
    if (said == null) continue;
    for (const path of paths) {
      const keys = said[path] as string[] | null | undefined;
      if (keys == null) continue;
      const wrong = refusalOfPath(keys, limits, [...field, name, path]);
      if (wrong !== null) return wrong;
    }
  }
  const { order } = target;
  if (order != null && order.currency == null && order.currencyPath == null) {
    const message = 'Name the currency, or where the event has it.';
    return userError('INVALID_VALUE', [...field, 'order', 'currency'], message);
  }
  return null;
}

function refusalOfPath(
  path: readonly string[],
  limits: Limits,
  field: string[],
): UserErrorShape | null {
  if (path.length === 0) return userError('INVALID_VALUE', field, 'A path has at least one key.');
  return path.length > limits.mappingPath ? userError('LIMIT_EXCEEDED', field) : null;
}

/** The mapping as JSON: without the classes of inputs, and without what was left out. */
export function plain(mapping: Mapping): Mapping & Record<string, unknown> {
  return JSON.parse(JSON.stringify(mapping, (_, value: unknown) => value ?? undefined)) as never;
}
