import { userError, type UserErrorShape } from '../platform/errors';
import { segmentId } from '../segments';
import type { BandOfModel, Condition, Trigger } from './definition';

/** A trigger fit to be stored, its segment by UUID, or why it is not. */
export function readTrigger(trigger: Trigger): Trigger | UserErrorShape {
  const { dormancy, event, segment, band, byHand } = trigger;
  if (dormancy?.length === 0) return invalid(['trigger', 'dormancy'], 'Name at least one state.');
  if (band?.in.length === 0) return invalid(['trigger', 'band'], 'Name at least one band.');
  if (byHand === false) return invalid(['trigger', 'byHand'], 'Must be true, or left out.');
  if (dormancy != null) return { dormancy: [...new Set(dormancy)] };
  if (event != null) return { event };
  if (band != null) return { band: plainBand(band) };
  if (segment == null) return { byHand: true };
  const uuid = segmentId.decode(segment);
  return uuid === null ? userError('NOT_FOUND', ['trigger', 'segment']) : { segment: uuid };
}

/** What a branch asks, fit to be stored, its segment by UUID; or why it is not. */
export function readCondition(asked: Condition): Condition | UserErrorShape {
  const { dormancy, attentionBand, streakAtLeast, segment, band } = asked;
  const given = [dormancy, attentionBand, streakAtLeast, segment, band].filter(
    (one) => one != null,
  );
  if (given.length === 0) return invalid([], 'Name at least one condition.');
  if (dormancy?.length === 0 || attentionBand?.length === 0) {
    return invalid([], 'Name at least one state.');
  }
  if (band?.in.length === 0) return invalid(['band'], 'Name at least one band.');
  if (streakAtLeast != null && streakAtLeast < 1) return invalid([], 'Must be at least 1.');
  const uuid = segment == null ? null : segmentId.decode(segment);
  if (segment != null && uuid === null) return userError('NOT_FOUND', ['segment']);
  return {
    dormancy,
    attentionBand,
    streakAtLeast,
    segment: uuid,
    band: band == null ? null : plainBand(band),
  };
}

/** What travels over GraphQL has no prototype. */
function plainBand({ model, in: bands }: BandOfModel): BandOfModel {
  return { model, in: [...new Set(bands)] };
}

/** That something is not as it must be. */
export function invalid(field: string[], message: string): UserErrorShape {
  return userError('INVALID_VALUE', field, message);
}
