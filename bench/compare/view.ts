import { openViews, type ViewSubject } from './view/subjects';
import type { BenchSettings, Measured } from './part';
import { ratiosOf, takeTurns } from './rounds';
import { turnsText, type Turn } from './turn';
import { measureGrowth } from './view/growth';

/** So long that what a Node compiles while it runs is compiled: a server answers some thousands of views by then. */
const msToWarmUp = 12_000;

/**
 * One customer's card through `/graphql`, beside what somebody would write or install who needs no more than
 * that, all on one database and found to say the same before.
 */
export async function compareViews(settings: BenchSettings): Promise<Measured[]> {
  const { rounds, tell } = settings;
  const { ours, peers, unified, close } = await openViews(settings);
  let turns: Map<unknown, Turn[]>;
  try {
    const all = [ours, ...peers];
    for (const subject of [...all, unified]) await warmUp(subject);
    const taken = await takeTurns(all, rounds, tell);
    for (const [{ title }, its] of taken) tell(turnsText(title, its));
    tell(turnsText(unified.title, [await unified.run()]));
    turns = taken;
  } finally {
    await close();
  }
  const rateOf = (subject: ViewSubject): number[] =>
    (turns.get(subject) as Turn[]).map(({ perSecond }) => perSecond);
  return [
    ...peers.map((peer): Measured => ({
      key: peer.key,
      rounds: ratiosOf(rateOf(ours), rateOf(peer)),
    })),
    await measureGrowth(settings),
    {
      key: 'view.p99at16ms',
      rounds: (turns.get(ours) as Turn[]).map(({ p99 }) => p99 as number),
    },
  ];
}

async function warmUp(subject: ViewSubject): Promise<void> {
  for (const until = performance.now() + msToWarmUp; performance.now() < until;) {
    await subject.run();
  }
}
