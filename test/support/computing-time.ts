/** What something takes of this process's computing, in milliseconds; waiting for others is not counted. */
export async function computingMs(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
