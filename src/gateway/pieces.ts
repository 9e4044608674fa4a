/** Work that yields wherever it may be interrupted. */
export type Pieces<Value> = Generator<void, Value, void>;

/** Requests wait no longer than this for work that is done in pieces, if its pieces are small. */
const pieceMs = 8;

/** Does the work without a pause. */
export function atOnce<Value>(work: Pieces<Value>): Value {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

/** Does the work, and lets requests be served in between. */
export async function inPieces<Value>(work: Pieces<Value>): Promise<Value> {
  let since = performance.now();
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    if (performance.now() - since < pieceMs) continue;
    await pause();
    since = performance.now();
  }
}

/** Ends after whatever waits to be done now. */
export function pause(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
