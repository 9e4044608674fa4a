type Work = () => unknown;

let due: Work[] = [];

/** Has something stopped or removed by {@link cleanUp}, also when a test fails before it could. */
export function afterwards(work: Work): void {
  due.push(work);
}

/** Does what is due, latest first, all of it even when some fails; then fails with the first failure. */
export async function cleanUp(): Promise<void> {
  const works = due.reverse();
  due = [];
  const failures: unknown[] = [];
  for (const work of works) {
    try {
      await work();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
