import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { openPlace } from '../load/place';
import type { PartName } from './figures';
import { compareLedger } from './ledger';
import { describeMachine, machineText } from './machine';
import { writePage } from './page';
import type { BenchPart, BenchSettings, Measured } from './part';
import { compareRecording } from './record';
import { reportOf, reportText } from './report';
import { compareViews } from './view';

const parts: Partial<Record<PartName, BenchPart>> = {
  view: compareViews,
  record: compareRecording,
  ledger: compareLedger,
};

const everything = Object.keys(parts).join();

/** `npm run bench`: how fast we are beside what people would use in our place, in the same run. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      only: { type: 'string', default: everything },
      processes: { type: 'string', default: '1' },
      rounds: { type: 'string', default: '7' },
      seconds: { type: 'string', default: '3' },
      write: { type: 'boolean', default: false },
    },
  });
  if (values.write && values.only !== everything) throw new Error('--write takes a whole run');
  const chosen = values.only.split(',').map(partOf);
  const place = await openPlace();
  try {
    const machine = await describeMachine(place);
    const settings: BenchSettings = {
      place,
      rounds: positive(values.rounds),
      seconds: positive(values.seconds),
      processes: positive(values.processes),
      tell: (line) => process.stderr.write(`${line}\n`),
    };
    settings.tell(`${machineText(machine)}\n`);
    const measured: Measured[] = [];
    for (const part of chosen) measured.push(...(await part(settings)));
    const report = reportOf(measured, machine);
    if (values.write) writePage(report);
    process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : `\n${reportText(report)}`);
  } finally {
    await place.stop();
  }
}

function partOf(name: string): BenchPart {
  const part = parts[name as PartName];
  if (part === undefined) {
    throw new Error(`${name} is no part: ${Object.keys(parts).join(', ')}`);
  }
  return part;
}

function positive(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new Error(`${text} is not a whole number above zero`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${(error as Error).stack ?? String(error)}\n`);
  process.exitCode = 1;
});
