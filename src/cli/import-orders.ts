import { ExponentialBackoff, handleType, retry } from 'cockatiel';
import type { RecordPurchaseCommand } from '../purchases';
import type { Answered, Command } from '../platform/database/command';
import { UnavailableError, type UserErrorShape } from '../platform/errors';
import type { Service } from '../server/service';
import { OrderNumbers, readPurchase, type Purchase } from './cdnow-line';

/** A line that was not imported. */
export interface RefusedLine {
  line: number;
  reason: string;
}

/** What an import did. `known` things were there before it. */
export interface ImportReport {
  customers: { added: number; known: number };
  orders: { added: number; known: number };
  refused: RefusedLine[];
}

export interface ImportOptions {
  service: Pick<Service, 'commands'>;
  /** The brand's UUID. */
  brandId: string;
  currency: string;
  lines: AsyncIterable<string>;
  /** Called when a part of the file is done, with the number of its last line. */
  progress?(line: number): void;
}

interface NumberedPurchase extends Purchase {
  line: number;
  orderId: string;
}

/** Lines in work at a time, and so the most commands in flight: a fifth of a lane's queue. */
const linesAtOnce = 1000;

const patiently = retry(handleType(UnavailableError), {
  maxAttempts: 8,
  backoff: new ExponentialBackoff({ initialDelay: 100, maxDelay: 5000 }),
});

/**
 * Imports purchases of the CDNOW file, a thousand lines at a time: first the customers a part names for
 * the first time, then its orders. Every command has a key made of its line, so that a second import
 * of a file changes nothing. Bad lines are reported and skipped.
 */
export async function importOrders(options: ImportOptions): Promise<ImportReport> {
  const report: ImportReport = {
    customers: { added: 0, known: 0 },
    orders: { added: 0, known: 0 },
    refused: [],
  };
  const importer = new Importer(options, report);
  let number = 0;
  for await (const line of options.lines) {
    number += 1;
    importer.take(number, line);
    if (number % linesAtOnce === 0) {
      await importer.flush();
      options.progress?.(number);
    }
  }
  await importer.flush();
  options.progress?.(number);
  report.refused.sort((a, b) => a.line - b.line);
  return report;
}

class Importer {
  private waiting: NumberedPurchase[] = [];
  /** Customers met so far, with the code of their refusal if they were refused. */
  private readonly customers = new Map<string, string | null>();
  private readonly numbers = new OrderNumbers();

  constructor(
    private readonly options: ImportOptions,
    private readonly report: ImportReport,
  ) {}

  take(line: number, text: string): void {
    if (text.trim() === '') return;
    const purchase = readPurchase(text);
    if (purchase === null) {
      this.report.refused.push({ line, reason: 'not a purchase' });
      return;
    }
    this.waiting.push({ ...purchase, line, orderId: this.numbers.next(purchase) });
  }

  async flush(): Promise<void> {
    const purchases = this.waiting;
    this.waiting = [];
    const customers = new Set(purchases.map(({ customer }) => customer));
    await this.identify([...customers].filter((customer) => !this.customers.has(customer)));
    await this.record(purchases);
  }

  private async identify(customers: string[]): Promise<void> {
    const answers = await this.submit(customers.map((customer) => this.customerCommand(customer)));
    customers.forEach((customer, at) => {
      const { answer, replayed } = answers[at] as Answered;
      const code = answer.userErrors[0]?.code ?? null;
      this.customers.set(customer, code);
      if (code === null) this.report.customers[replayed ? 'known' : 'added'] += 1;
    });
  }

  private async record(purchases: NumberedPurchase[]): Promise<void> {
    const good = purchases.filter(({ customer, line }) => {
      const code = this.customers.get(customer) ?? null;
      if (code !== null) this.report.refused.push({ line, reason: `customer: ${code}` });
      return code === null;
    });
    const answers = await this.submit(good.map((purchase) => this.orderCommand(purchase)));
    good.forEach(({ line }, at) => {
      const { answer, replayed } = answers[at] as Answered;
      const refusal = answer.userErrors[0];
      if (refusal === undefined) this.report.orders[replayed ? 'known' : 'added'] += 1;
      else if (refusal.code === 'ALREADY_EXISTS') this.report.orders.known += 1;
      else this.report.refused.push({ line, reason: reasonOf(refusal) });
    });
  }

  private submit(commands: Command[]): Promise<Answered[]> {
    const { commands: batcher } = this.options.service;
    return Promise.all(commands.map((command) => patiently.execute(() => batcher.submit(command))));
  }

  private customerCommand(customer: string): Command {
    const externalId = `cdnow-${customer}`;
    const key = `import:customer:${externalId}`;
    return { ...this.sender(), kind: 'identifyCustomer', key, input: { externalId } };
  }

  private orderCommand(purchase: NumberedPurchase): RecordPurchaseCommand {
    const { customer, orderId, day, items, amount } = purchase;
    const input = {
      customer: { externalId: `cdnow-${customer}` },
      externalId: orderId,
      purchasedAt: `${day}T00:00:00.000Z`,
      items,
      amount,
      currency: this.options.currency,
    };
    return { ...this.sender(), kind: 'recordPurchase', key: `import:order:${orderId}`, input };
  }

  /** The brand, as if its own key had called. */
  private sender() {
    const { brandId } = this.options;
    return { scope: brandId, tenant: brandId };
  }
}

function reasonOf({ code, field }: UserErrorShape): string {
  return field === null ? code : `${field.join('.')}: ${code}`;
}
