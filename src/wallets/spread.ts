/** A part that can give up to `balance`. */
interface Part {
  balance: number;
}

/**
 * Spreads an amount over parts in proportion to what each holds, in whole units and exactly: no part
 * gives more than it holds, and what rounding leaves is taken from the largest. Parts at or below zero
 * give nothing. Throws when they do not hold the amount together.
 */
export function spread<P extends Part>(
  amount: number,
  parts: readonly P[],
): { part: P; amount: number }[] {
  const giving = parts.filter((part) => part.balance > 0).sort((a, b) => b.balance - a.balance);
  const whole = giving.reduce((sum, part) => sum + BigInt(part.balance), 0n);
  if (whole < BigInt(amount)) throw new Error('the parts do not hold the amount');
  const taken = giving.map((part) => ({
    part,
    amount: Number((BigInt(amount) * BigInt(part.balance)) / (whole || 1n)),
  }));
  let rest = amount - taken.reduce((sum, one) => sum + one.amount, 0);
  for (const one of taken) {
    const more = Math.min(rest, one.part.balance - one.amount);
    one.amount += more;
    rest -= more;
  }
  return taken.filter((one) => one.amount > 0);
}
