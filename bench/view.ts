import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { databaseOf, onConnection, openPlace, type Place, type Size } from './load/place';
import { loadBase } from './load/base';
import { openBase, type Base } from './view/base';
import { questions } from './view/questions';
import { compare, type Compared } from './view/turns';

const bearable = 1.5;

/**
 * `npm run bench:view`: how long what a brand asks takes of a small base and of a large one, by the real
 * server on each. Loads what is not there yet.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      pairs: { type: 'string', default: '300' },
      small: { type: 'string', default: '10000/100000' },
      large: { type: 'string', default: '100000/5000000' },
      only: { type: 'string', default: '' },
      json: { type: 'boolean', default: false },
    },
  });
  const sizes = [values.small, values.large].map(sizeOf);
  const place = await openPlace();
  const bases: Base[] = [];
  try {
    for (const size of sizes) {
      await loadOnce(place, size);
      bases.push(await openBase(place, size));
    }
    const compared: Compared[] = [];
    for (const question of questions.filter(({ title }) => title.includes(values.only))) {
      const one = await compare(question, bases as [Base, Base], Number(values.pairs));
      compared.push(one);
      if (!values.json) process.stdout.write(lineOf(one));
    }
    if (values.json) process.stdout.write(`${JSON.stringify({ sizes, compared })}\n`);
  } finally {
    await Promise.all(bases.map((base) => base.stop()));
    await place.stop();
  }
}

/** Customers and events, as "10000/100000". */
function sizeOf(text: string): Size {
  const [customers, events] = text.split('/').map(Number) as [number, number];
  if (!(customers > 0 && events > 0)) throw new Error(`Not a size such as 10000/100000: ${text}`);
  return { customers, events };
}

async function loadOnce(place: Place, size: Size): Promise<void> {
  const database = databaseOf(size);
  const there = await onConnection(place.urlOf('postgres'), async (client) => {
    const { rows } = await client.query('SELECT FROM pg_database WHERE datname = $1', [database]);
    return rows.length > 0;
  });
  if (!there) await loadBase(place, size, { bare: false });
}

function lineOf({ title, small, large, ratio, statements }: Compared): string {
  const times = ({ p50, p99 }: { p50: number; p99: number }) =>
    `${p50.toFixed(1).padStart(7)} / ${p99.toFixed(1).padStart(6)} ms`;
  const verdict = ratio.p50 <= bearable ? '' : `  more than ${bearable}`;
  return (
    `${title.padEnd(42)}${times(small)}  ${times(large)}  ratio ${ratio.p50.toFixed(2)} / ` +
    `${ratio.p99.toFixed(2)}  statements ${statements.small}, ${statements.large}${verdict}\n`
  );
}

main().catch((error: unknown) => {
  process.stderr.write(`${(error as Error).stack ?? String(error)}\n`);
  process.exitCode = 1;
});
