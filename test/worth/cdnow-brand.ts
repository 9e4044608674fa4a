import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importOrders } from '../../src/cli/import-orders';
import type { JobContext } from '../../src/platform/feature';
import { brandId } from '../../src/brands';
import { fitWorthModels } from '../../src/worth/fit-worth-models.job';
import type { TestBrand, TestService } from '../support/test-service';

const file = join(__dirname, '../../examples/data/cdnow-sample.txt');

/** Brings in the purchases of the first of every so many customers of CDNOW until a day. */
export async function importCdnow(
  t: TestService,
  brand: TestBrand,
  { each, until }: { each: number; until: string },
): Promise<number> {
  const lines = readFileSync(file, 'utf8')
    .split('\r\n')
    .filter((line) => {
      const [, sample = '', day = ''] = line.trim().split(/\s+/);
      return Number(sample) % each === 0 && day <= until.replaceAll('-', '');
    });
  const report = await importOrders({
    service: t.service,
    brandId: brandId.decode(brand.id)!,
    currency: 'INR',
    lines: stream(lines),
  });
  expect(report.refused).toEqual([]);
  return report.customers.added;
}

async function* stream(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
}

/** Runs a job of worth until it has nothing to do; answers how much that was. */
export async function runJob(
  t: TestService,
  job: { run(context: JobContext): Promise<number> } = fitWorthModels,
): Promise<number> {
  const { database, clock, config, log } = t.service;
  const context: JobContext = { database, clock, config, log, limits: config.limits };
  let total = 0;
  for (let done = 1; done > 0; total += done) done = await job.run(context);
  return total;
}

/** Sets the service's clock to the noon of a day of the past. */
export function itIs(t: TestService, day: string): void {
  t.clock.offsetMs = Date.parse(`${day}T12:00:00Z`) - Date.now();
}
