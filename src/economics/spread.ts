/**
 * Spreads whole coins over so many parts as evenly as whole coins go: the parts add up to the amount
 * exactly, and no two differ by more than one coin.
 */
export function spread(amount: number, parts: number): number[] {
  const total = BigInt(Math.abs(amount));
  const count = BigInt(parts);
  const sign = amount < 0 ? -1 : 1;
  return Array.from({ length: parts }, (_, at) => {
    const until = (total * (BigInt(at) + 1n)) / count;
    const before = (total * BigInt(at)) / count;
    return sign * Number(until - before);
  });
}
