/** What fits into a small printed code and needs no escaping in its address. */
const pattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** Whether a text may be that of a code. */
export function looksLikeCode(text: string): boolean {
  return pattern.test(text);
}
