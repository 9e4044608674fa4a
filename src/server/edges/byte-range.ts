/** Bytes of a file from the first to the one before `end`. */
export interface ByteRange {
  start: number;
  end: number;
}

/**
 * What a Range header asks of a file: null for all of it, as for a header that is not one plain range of
 * bytes (RFC 9110 lets a server ignore it), and UNSATISFIABLE when the file is shorter.
 */
export function readRange(
  header: string | undefined,
  size: number,
): ByteRange | 'UNSATISFIABLE' | null {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return null;
  if (first === '') {
    const many = Math.min(Number(last), size);
    return many === 0 ? 'UNSATISFIABLE' : { start: size - many, end: size };
  }
  const start = Number(first);
  const end = last === '' ? size : Math.min(Number(last) + 1, size);
  if (last !== '' && Number(last) < start) return null;
  return start >= size ? 'UNSATISFIABLE' : { start, end };
}
