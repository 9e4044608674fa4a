import type { DormancyStateName } from '../attention';

/** Whom an experiment is about; all that is set must hold. */
export interface Audience {
  dormancy?: readonly DormancyStateName[] | null;
  segmentId?: string | null;
  trait?: { name: string; value: string } | null;
}

/**
 * Whether the customer of a relationship `r`, as silent as their state `s` says, belongs to the audience of
 * an experiment `e`.
 */
export const belongsSql = `
  (e.dormancies IS NULL OR s.dormancy = ANY (e.dormancies))
  AND (e.trait IS NULL OR r.traits ->> (e.trait ->> 'name') = e.trait ->> 'value'
    OR (jsonb_typeof(r.traits -> (e.trait ->> 'name')) = 'array'
      AND r.traits -> (e.trait ->> 'name') ? (e.trait ->> 'value')))`;
