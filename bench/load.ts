import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { loadBase, type Loaded } from './load/base';
import { openPlace } from './load/place';

/**
 * `npm run bench:load -- --customers 100000 --events 5000000`: fills a database with the base of one brand
 * and proves by the service's own jobs that what is kept of it is what its rows say.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      customers: { type: 'string', default: '100000' },
      events: { type: 'string', default: '5000000' },
      json: { type: 'boolean', default: false },
      bare: { type: 'boolean', default: true },
    },
    allowNegative: true,
  });
  const size = { customers: Number(values.customers), events: Number(values.events) };
  const place = await openPlace();
  try {
    const loaded = await loadBase(place, size, { bare: values.bare });
    process.stdout.write(values.json ? `${JSON.stringify(loaded)}\n` : textOf(loaded));
    if (Object.values(loaded.proofs).some(({ differ }) => differ > 0)) process.exitCode = 1;
  } finally {
    await place.stop();
  }
}

function textOf({ database, rows, seconds, bare, steps, proofs, bytes }: Loaded): string {
  const all = Object.values(rows).reduce((sum, count) => sum + count, 0);
  const rate = (time: number) => `${Math.round(all / time).toLocaleString('en')} rows/s`;
  const copied = steps['copy'] as number;
  const lines = [
    `\n${database}: ${all.toLocaleString('en')} rows, ${(bytes / 2 ** 30).toFixed(2)} GiB`,
    ...Object.entries(rows).map(
      ([name, count]) => `  ${name.padEnd(24)}${count.toLocaleString('en').padStart(12)}`,
    ),
    ...(bare === null ? [] : [`bare copy${rate(bare).padStart(24)}  ${bare.toFixed(0)} s`]),
    `copy${rate(copied).padStart(29)}  ${copied.toFixed(0)} s`,
    `all of it${rate(seconds).padStart(24)}  ${seconds.toFixed(0)} s`,
    ...Object.entries(proofs).map(
      ([name, { agree, differ }]) => `${name.padEnd(24)} ${agree} agree, ${differ} differ`,
    ),
  ];
  return `${lines.join('\n')}\n`;
}

main().catch((error: unknown) => {
  process.stderr.write(`${(error as Error).stack ?? String(error)}\n`);
  process.exitCode = 1;
});
