import 'reflect-metadata';
import { Command } from 'commander';
import { createReadStream, existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { brandBySlugLoader } from '../brands';
import { loadConfig } from '../platform/config';
import { createLog } from '../platform/log';
import { createService } from '../server/create-service';
import type { Service } from '../server/service';
import { importOrders, type ImportReport } from './import-orders';
import { createProgress } from './progress';

/** The brand that exists in development without anybody having made it. */
const demoBrand = 'demo';

interface OrdersOptions {
  brand: string;
  currency: string;
}

/** Runs the tool with these arguments and answers its exit code. */
export async function runImport(args: readonly string[]): Promise<number> {
  let exitCode = 0;
  const program = new Command('import').description('Brings data from files into the service.');
  program
    .command('orders')
    .description('Imports purchases in the format of the CDNOW sample as orders of a brand.')
    .argument('<file>', 'the file, such as examples/data/cdnow-sample.txt')
    .option('--brand <slug>', 'the brand that gets the orders', demoBrand)
    .option('--currency <code>', 'the currency of the amounts, by its ISO 4217 code', 'USD')
    .action(async (file: string, options: OrdersOptions) => {
      exitCode = await importOrdersFrom(file, options);
    });
  await program.parseAsync(args, { from: 'user' });
  return exitCode;
}

async function importOrdersFrom(file: string, options: OrdersOptions): Promise<number> {
  const { size } = await stat(file);
  const config = loadConfig(process.env);
  const service = await createService(config, {
    log: createLog('warn'),
    jobs: false,
    demo: config.developerTools && options.brand === demoBrand,
  });
  try {
    const brandId = await findBrand(service, options.brand);
    if (brandId === null) {
      process.stderr.write(`There is no brand ${options.brand}.\n`);
      return 1;
    }
    const report = await importFile({ file, size, service, brandId, currency: options.currency });
    process.stdout.write(describe(report, options.brand));
    return report.refused.length > 0 ? 1 : 0;
  } finally {
    await service.close();
  }
}

interface FileImport {
  file: string;
  size: number;
  service: Service;
  brandId: string;
  currency: string;
}

async function importFile({ file, size, ...rest }: FileImport): Promise<ImportReport> {
  const stream = createReadStream(file);
  const lines = createInterface({ input: stream, crlfDelay: Infinity });
  const progress = createProgress(size, process.stderr);
  const failures: Error[] = [];
  stream.once('error', (error) => {
    failures.push(error);
    lines.close();
  });
  try {
    const report = await importOrders({
      ...rest,
      lines,
      progress: (line) => progress.update(stream.bytesRead, line),
    });
    for (const failure of failures) throw failure;
    return report;
  } finally {
    progress.stop();
    stream.destroy();
  }
}

async function findBrand(service: Service, slug: string): Promise<string | null> {
  const context = service.contextFor({ kind: 'platform' }, 'import', service.log);
  try {
    return (await brandBySlugLoader(context).load(slug))?.uuid ?? null;
  } finally {
    await context.reads.close();
  }
}

/** The report for people: one sentence, then a line for each refused one. */
function describe({ customers, orders, refused }: ImportReport, brand: string): string {
  const both = (which: 'added' | 'known') =>
    `${count(customers[which], 'customer')} and ${count(orders[which], 'order')}`;
  const sentence =
    `${both('added')} added to ${brand}; ${both('known')} there already; ` +
    `${count(refused.length, 'line')} refused.\n`;
  return sentence + refused.map(({ line, reason }) => `line ${line}: ${reason}\n`).join('');
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
}

if (require.main === module) {
  if (existsSync('.env')) process.loadEnvFile();
  runImport(process.argv.slice(2)).then(
    (exitCode) => (process.exitCode = exitCode),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = 1;
    },
  );
}
