import { startProcess, type BenchProcess } from './gateway/bench-process';
import { composeToy } from './gateway/compose-toy';
import { view } from './gateway/queries';

const built = 'dist/bench/gateway';
const operations = Number(process.env['BENCH_OPERATIONS'] ?? 100_000);
const readings = 10;
const connections = 16;

/**
 * Whether the memory of the gateway stands still while it is sent nothing but operations it has never
 * seen: each is parsed, validated, priced, planned and run over three subgraphs, and then forgotten.
 */
async function main(): Promise<void> {
  const partners = await startProcess(`${built}/partners-process.js`);
  const settings = { TOY_GRAPH: JSON.stringify(composeToy(partners.urls)) };
  const ours = await startProcess(`${built}/ours-process.js`, settings, ['--expose-gc']);
  try {
    await report(0, ours);
    for (let part = 1; part <= readings; part += 1) {
      const began = performance.now();
      await sendDistinct(ours.urls['graphql'] as string, part);
      await report((part * operations) / readings, ours, performance.now() - began);
    }
  } finally {
    await Promise.all([ours.stop(), partners.stop()]);
  }
}

const fields = 'tier orders(first: 1) { number } tickets(first: 1) { id subject }';

/** An operation is another one by the alias of one field: as long, and as much to plan. */
async function sendDistinct(url: string, part: number): Promise<void> {
  const first = ((part - 1) * operations) / readings;
  const last = (part * operations) / readings;
  let next = first;
  const send = async () => {
    for (let n = next++; n < last; n = next++) {
      const query = `query Page($id: ID!) { customer(id: $id) { id name${n}: name ${fields} } }`;
      const body = JSON.stringify({ query, variables: view.variables(n) });
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(url, { method: 'POST', headers, body });
      const answer = await response.text();
      if (answer.includes('"errors"')) throw new Error(answer);
    }
  };
  await Promise.all(Array.from({ length: connections }, send));
}

async function report(sent: number, ours: BenchProcess, milliseconds?: number): Promise<void> {
  const { heap, resident } = await ours.usage();
  const megabytes = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(1).padStart(6)} MB`;
  const rate = milliseconds && `${((operations / readings / milliseconds) * 1000).toFixed(0)}/s`;
  process.stdout.write(
    `${String(sent).padStart(8)} distinct operations: heap after collection ${megabytes(heap)}, ` +
      `resident ${megabytes(resident)} ${rate ?? ''}\n`,
  );
}

void main();
