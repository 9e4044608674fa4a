/** A number the service holds its callers or itself to. */
export interface LimitSetting {
  /** The environment variable that overrides the value. */
  variable: string;
  value: number;
  /** Why the number is what it is; printed in the configuration table. */
  reason: string;
}

/** One line of the table of limits. */
export function limit(variable: string, value: number, reason: string): LimitSetting {
  return { variable, value, reason };
}
