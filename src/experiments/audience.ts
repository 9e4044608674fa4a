/** Whom an experiment is about; all that is set must hold. */
export interface Audience {
  dormancy?: readonly string[] | null;
  segmentId?: string | null;
  trait?: { name: string; value: string } | null;
}

/**
 * Candidates of an experiment `e` (its row) among relationships `r`, with how silent they are: everybody
 * with the trait, where it asks for one.
 */
export const belongsSql = `
  (e.trait IS NULL OR r.traits ->> (e.trait ->> 'name') = e.trait ->> 'value'
    OR (jsonb_typeof(r.traits -> (e.trait ->> 'name')) = 'array'
      AND r.traits -> (e.trait ->> 'name') ? (e.trait ->> 'value')))`;
