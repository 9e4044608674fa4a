/** A customer no brand has. */
export const unknown = { externalId: 'nobody-of-ours' };

/** An id of this kind that nothing has. */
export const missing = (prefix: string) => `${prefix}_01h455vb4pex5vsknk084sn02q`;

/** The refusal of a mutation whose input is an id. */
export const notFound = (prefix: string) => ({
  code: 'NOT_FOUND',
  input: () => ({ id: missing(prefix) }),
});
