import { userError, type UserErrorShape } from '../platform/errors';
import type { OrderDescription } from '../purchases';
import type { EventFacts } from './attention-of';
import { textAt, valueAt } from './field-path';
import type { EventOrderInput } from './mapping.input';

const mostItems = 2 ** 31 - 1;

/** The order an event is, or why it is none. */
export function orderOf(
  said: EventOrderInput,
  { event, customer, occurredAt }: EventFacts,
): OrderDescription | UserErrorShape {
  const externalId = textAt(event, said.externalIdPath);
  if (externalId === null) return missing(said.externalIdPath);
  const currency = textAt(event, said.currencyPath) ?? said.currency ?? null;
  if (currency === null) return missing(said.currencyPath ?? ['currency']);
  const amount = textAt(event, said.amountPath);
  if (amount === null) return missing(said.amountPath);
  const items = itemsOf(said, event);
  if (items === null) {
    return userError(
      'INVALID_VALUE',
      said.itemsPath ?? null,
      'Not a number of things, nor a list.',
    );
  }
  return {
    customer,
    externalId,
    orderedAt: occurredAt,
    items,
    amount,
    currency: currency.toUpperCase(),
    surface: said.surface ?? null,
    driver: said.driver ?? null,
    campaign: textAt(event, said.campaignPath),
    cost: textAt(event, said.costPath),
  };
}

function missing(path: readonly string[]): UserErrorShape {
  return userError('INVALID_VALUE', [...path], 'The event does not have it.');
}

/** How many things were bought; null for what is neither a number nor a list of lines. */
function itemsOf({ itemsPath }: EventOrderInput, event: EventFacts['event']): number | null {
  const value = itemsPath == null ? 1 : (valueAt(event, itemsPath) ?? 1);
  if (!Array.isArray(value)) return asItems(value);
  const lines = value.map((line) => asItems(valueAt(line, ['quantity']) ?? 1));
  if (lines.includes(null)) return null;
  return asItems(lines.reduce<number>((sum, items) => sum + (items ?? 0), 0));
}

function asItems(value: unknown): number | null {
  const fits = Number.isInteger(value) && (value as number) >= 0 && (value as number) <= mostItems;
  return fits ? (value as number) : null;
}
