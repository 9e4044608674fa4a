declare module 'gamma' {
  /** The logarithm of the gamma function, for numbers above 0. */
  export function log(x: number): number;
}

declare module 'minimize-powell' {
  export interface Options {
    maxIter?: number;
    tolerance?: number;
    lineTolerance?: number;
  }

  /** Where Powell's method ends that begins at `start`. */
  export default function minimize(
    f: (x: number[]) => number,
    start: readonly number[],
    options?: Options,
  ): number[];
}
