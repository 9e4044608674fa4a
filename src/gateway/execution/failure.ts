/** An object of the answer while it is put together. */
export type Data = Record<string, unknown>;

export function isData(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Stands in the data where a value could not be had; projected, it is null and an error. */
export class Failure {
  constructor(
    readonly error: Error,
    /** Where the error arose inside of the lost value, or of the object that was lost with it. */
    readonly below: readonly (string | number)[] = [],
    readonly ofWholeObject = false,
  ) {}
}
