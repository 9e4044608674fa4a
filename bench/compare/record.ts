import type { BenchSettings, Measured } from './part';
import { openSubjects } from './record-subjects';
import { ratiosOf, takeTurns, type Subject } from './rounds';
import { turnsText, type Turn } from './turn';

const warmUpRounds = 2;

/** Events recorded and paid through `/graphql`, beside what a database and a plain stack do. */
export async function compareRecording(settings: BenchSettings): Promise<Measured[]> {
  const { rounds, tell } = settings;
  const { tpcb, naive, hot, spread, batch, simple, close } = await openSubjects(settings);
  try {
    const all = [tpcb, hot, spread, batch, naive];
    await takeTurns(all, warmUpRounds, () => tell('record: warming up'));
    const turns = await takeTurns(all, rounds, tell);
    for (const [{ title }, its] of turns) tell(turnsText(title, its));
    if (simple !== null) tell(turnsText(simple.title, [await simple.run()]));
    const rateOf = (subject: Subject<Turn>): number[] =>
      (turns.get(subject) as Turn[]).map(({ perSecond }) => perSecond);
    return [
      { key: 'record.vsPgbenchTpcb', rounds: ratiosOf(rateOf(hot), rateOf(tpcb)) },
      { key: 'record.vsNaiveTypeorm', rounds: ratiosOf(rateOf(hot), rateOf(naive)) },
      { key: 'record.hotVsSpread', rounds: ratiosOf(rateOf(hot), rateOf(spread)) },
      {
        key: 'record.p99at128ms',
        rounds: (turns.get(hot) as Turn[]).map(({ p99 }) => p99 as number),
      },
      { key: 'recordBatch.vsPgbenchTpcb', rounds: ratiosOf(rateOf(batch), rateOf(tpcb)) },
    ];
  } finally {
    await close();
  }
}
