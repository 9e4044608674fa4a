/** A line of a wallet's statement, as an answer tells it. */
export interface Line {
  number: number;
  amount: number;
  balanceAfter: number;
}

/** What one operation was told, and by a clock that everybody shares when it was sent and answered. */
export interface Told {
  sent: number;
  answered: number;
  lines: Line[];
  /** What the wallet had too little for, where that was the answer. */
  tooMuch: number | null;
}

/**
 * What is wrong with a wallet of which nobody but these operations knows; nothing, one hopes. Its own
 * numbers are the witness: told in their order, all answers must follow from one another, none may be
 * missing, and whoever was answered before another began must come before it.
 */
export function findFaults(told: readonly Told[]): string[] {
  const lines = told
    .flatMap((one) => one.lines.map((line) => ({ ...line, one })))
    .sort((a, b) => a.number - b.number);
  const balances = [0];
  const faults: string[] = [];
  let latest = 0;
  for (const [at, { number, amount, balanceAfter, one }] of lines.entries()) {
    if (number !== at + 1) return [`line ${number} stands where ${at + 1} should`];
    if (balanceAfter !== (balances[at] as number) + amount) faults.push(`line ${number} is no sum`);
    if (balanceAfter < 0) faults.push(`line ${number} is below zero`);
    if (one.answered <= latest)
      faults.push(`line ${number} was answered before one before it began`);
    latest = Math.max(latest, one.sent);
    balances.push(balanceAfter);
  }
  return [...faults, ...told.flatMap((one) => faultOfRefusal(one, told, balances))];
}

/** Somewhere between what was before it and what came after it, the wallet must have had too little. */
function faultOfRefusal(
  { sent, answered, tooMuch }: Told,
  told: readonly Told[],
  balances: readonly number[],
): string[] {
  if (tooMuch === null) return [];
  const before = told.filter((one) => one.answered < sent).flatMap(numbersOf);
  const after = told.filter((one) => one.sent > answered).flatMap(numbersOf);
  const meanwhile = balances.slice(Math.max(0, ...before), Math.min(balances.length, ...after));
  const isTrue = meanwhile.some((balance) => balance < tooMuch);
  return isTrue ? [] : [`${tooMuch} were refused, which were there from ${sent} to ${answered}`];
}

function numbersOf({ lines }: Told): number[] {
  return lines.map(({ number }) => number);
}
