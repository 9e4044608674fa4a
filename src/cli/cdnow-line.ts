/** One purchase of the CDNOW file. */
export interface Purchase {
  /** The customer's number in the master file, with its leading zeros. */
  customer: string;
  /** `YYYY-MM-DD`. */
  day: string;
  items: number;
  /** Dollars and cents as a decimal, as written in the file. */
  amount: string;
}

const purchase =
  /^\s*(\d{1,12})\s+\d{1,12}\s+(\d{4})(\d{2})(\d{2})\s+(\d{1,9})\s+(\d{1,15}(?:\.\d{1,4})?)\s*$/;

/**
 * Reads a line: number in the master file, number in the sample, day, how many CDs, dollars. Null when
 * the line is none, also for a day the calendar does not have.
 */
export function readPurchase(line: string): Purchase | null {
  const [, customer, year, month, date, items, amount] = purchase.exec(line) ?? [];
  if (customer === undefined || amount === undefined) return null;
  const day = `${year}-${month}-${date}`;
  const midnight = new Date(`${day}T00:00:00.000Z`);
  if (Number.isNaN(midnight.getTime()) || !midnight.toISOString().startsWith(day)) return null;
  return { customer, day, items: Number(items), amount };
}

/**
 * Numbers the purchases of a file: what the line says and the how manieth such line it is; neither moves
 * when the file grows. Equal lines are two orders.
 */
export class OrderNumbers {
  private readonly occurrences = new Map<string, number>();

  next({ customer, day, items, amount }: Purchase): string {
    const name = `cdnow-${customer}-${day}-${items}-${amount}`;
    const occurrence = (this.occurrences.get(name) ?? 0) + 1;
    this.occurrences.set(name, occurrence);
    return `${name}-${occurrence}`;
  }
}
