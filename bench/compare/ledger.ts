import { join } from 'node:path';
import { recreate } from '../load/place';
import { makeBrands } from './brands';
import type { BenchSettings, Measured } from './part';
import { ratiosOf, takeTurns, type Subject } from './rounds';
import { startProcess, type StartedProcess } from './started-process';
import { measuredTurn, turnsText, type Turn } from './turn';
import { openMeter, type WorkMeter } from './work';

/** What the process of the ledger is asked to do: post anew, or copy the rows of the last posting. */
export interface LedgerJob {
  what: 'post' | 'copy';
  url: string;
  seconds: number;
}

/** What came of it. */
export interface LedgerResult {
  transfers: number;
  seconds: number;
}

const customers = 10_000;

/** Transfers posted with all checks, balances and numbers, beside the mere rows by `COPY`. */
export async function compareLedger(settings: BenchSettings): Promise<Measured[]> {
  const { place, rounds, seconds, tell } = settings;
  tell('ledger: making a brand of 10,000 customers');
  await recreate(place, 'load_ledger');
  const url = place.urlOf('load_ledger');
  await makeBrands(url, { hot: { brands: 1, customers } });
  const meter = await openMeter(place);
  const process = startProcess<LedgerResult>(join(__dirname, 'ledger-process.js'));
  try {
    const subject = (title: string, what: LedgerJob['what']): Subject<Turn> => ({
      title,
      run: () => takeTurn(meter, process, { what, url, seconds }),
    });
    const post = subject('transfers posted, 1,000 in a transaction', 'post');
    const copy = subject('the same rows by COPY under keys and indexes, 1,000 each', 'copy');
    await post.run();
    await copy.run();
    const turns = await takeTurns([post, copy], rounds, tell);
    for (const [{ title }, its] of turns) tell(turnsText(title, its));
    const [posted, copied] = [post, copy].map((one) =>
      (turns.get(one) as Turn[]).map(({ perSecond }) => perSecond),
    ) as [number[], number[]];
    return [{ key: 'ledger.vsCopy', rounds: ratiosOf(posted, copied) }];
  } finally {
    await process.stop();
  }
}

function takeTurn(
  meter: WorkMeter | null,
  process: StartedProcess<LedgerResult>,
  job: LedgerJob,
): Promise<Turn> {
  return measuredTurn(meter, [process.pid], async () => {
    const { transfers, seconds } = await process.run(job);
    return { perSecond: transfers / seconds, done: transfers, p99: null };
  });
}
