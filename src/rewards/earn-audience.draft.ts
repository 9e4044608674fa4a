import { userError, type UserErrorShape } from '../platform/errors';
import type { Limits } from '../platform/limits';
import { checkText, type Checked } from '../platform/text';
import type { Audience, AudienceCondition } from './rules/audience';
import type { Multiplier } from './rules/rule';

const mostPercent = 10_000;

type AudienceLimits = Pick<Limits, 'ruleParts' | 'textBytes'>;

/** Conditions on a customer, fit to be stored; `field` names them in the input. */
export function readAudience(
  conditions: readonly AudienceCondition[],
  limits: AudienceLimits,
  field: string[],
): Checked<Audience> {
  if (conditions.length > limits.ruleParts) return refuse(userError('LIMIT_EXCEEDED', field));
  for (const condition of conditions) {
    const wrong = checkCondition(condition, limits, field);
    if (wrong !== null) return refuse(wrong);
  }
  return { value: conditions.map(plain) };
}

/** Multipliers fit to be stored. */
export function readMultipliers(
  multipliers: readonly Multiplier[],
  limits: AudienceLimits,
): Checked<readonly Multiplier[]> {
  if (multipliers.length > limits.ruleParts)
    return refuse(userError('LIMIT_EXCEEDED', ['multipliers']));
  const read: Multiplier[] = [];
  for (const { audience, percent } of multipliers) {
    if (percent < 1 || percent > mostPercent) {
      const message = `Must be from 1 to ${mostPercent}.`;
      return refuse(userError('INVALID_VALUE', ['multipliers', 'percent'], message));
    }
    const field = ['multipliers', 'audience'];
    if (audience.length === 0) {
      return refuse(userError('INVALID_VALUE', field, 'Name at least one condition.'));
    }
    const checked = readAudience(audience, limits, field);
    if (checked.refusal) return checked;
    read.push({ audience: checked.value, percent });
  }
  return { value: read };
}

function refuse(refusal: UserErrorShape): { refusal: UserErrorShape } {
  return { refusal };
}

/** Compared as they are, so they are judged and not trimmed. */
function checkCondition(
  { segment, traitEquals, traitIn, traitExists, band }: AudienceCondition,
  limits: AudienceLimits,
  field: string[],
): UserErrorShape | null {
  const values = [...(traitIn?.values ?? []), ...(band?.in ?? [])];
  if ((traitIn ?? band) != null && values.length === 0)
    return userError('INVALID_VALUE', field, 'Name at least one value.');
  if (values.length > limits.ruleParts) return userError('LIMIT_EXCEEDED', field);
  const texts = [segment, traitEquals?.name, traitEquals?.value, traitIn?.name, traitExists];
  for (const text of [...texts, ...values]) {
    if (text == null) continue;
    const { refusal } = checkText(text, { maxBytes: limits.textBytes, field });
    if (refusal) return refusal;
  }
  return null;
}

/** Only the field that is set; what travels over GraphQL has no prototype and may have nulls. */
function plain({
  segment,
  traitEquals,
  traitIn,
  traitExists,
  band,
}: AudienceCondition): AudienceCondition {
  if (segment != null) return { segment };
  if (traitEquals != null) {
    return { traitEquals: { name: traitEquals.name, value: traitEquals.value } };
  }
  if (traitIn != null) return { traitIn: { name: traitIn.name, values: [...traitIn.values] } };
  if (band != null) return { band: { model: band.model, in: [...band.in] } };
  return { traitExists };
}
