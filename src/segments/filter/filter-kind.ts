import type { UserErrorShape } from '../../platform/errors';
import type { Limits } from '../../platform/limits';

/** What a condition asks; a saved segment is judged anew when the rows of one of its facets change. */
export type Facet =
  | 'relationship'
  | 'identity'
  | 'consent'
  | 'attention'
  | 'orders'
  | 'worth'
  | 'mu'
  | 'streak'
  | 'band';

/** What a filter is checked by. */
export interface CheckScope {
  limits: Pick<Limits, 'filterParts' | 'filterDepth' | 'textBytes'>;
  /** The brand's currency, which amounts of money are in. */
  currency: string;
}

/** What a filter becomes SQL in: collects the values of one statement and hands out their places. */
export class SqlScope {
  constructor(
    readonly values: unknown[],
    private readonly now: Date,
    readonly currency: string,
  ) {}

  /** The place of a value; no value ever becomes part of the text. */
  value(of: unknown, type: string): string {
    return `$${this.values.push(of)}::${type}`;
  }

  /** The moment that relative times are about. */
  instant(): string {
    return this.value(this.now, 'timestamptz');
  }

  /** So many days ago. */
  daysAgo(days: number): string {
    return this.value(new Date(this.now.getTime() - days * 86_400_000), 'timestamptz');
  }
}

/**
 * One kind of condition on a customer. `sql` is true or false and never null, about the row of
 * `relationships` that is called `r`; its text depends on which fields are given and on no value.
 */
export interface FilterKind<Input> {
  facet: Facet;
  /** Why it cannot be asked, or null. */
  check(input: Input, scope: CheckScope, field: string[]): UserErrorShape | null;
  /** How many values it lists. */
  parts(input: Input): number;
  /** Whether it becomes true or false by time alone. */
  moves(input: Input): boolean;
  sql(input: Input, scope: SqlScope): string;
}
