import { afterwards } from '../support/afterwards';
import { askAt, type HttpAnswer } from '../support/spawned-service';
import { newKey, type Data } from '../support/test-service';
import { visit, visitOf, type FundedBrand } from './brands';

const redeem = `mutation ($input: RedeemInput!) {
  redeem(input: $input) { redemption { id amount state } transfer { id amount }
    wallet { balance held } replayed userErrors { code } } }`;

interface Database {
  query<Row = Record<string, unknown>>(text: string, values?: unknown[]): Promise<Row[]>;
}

/** One thing a client wants to have happened once, however often it has to ask. */
interface Intention {
  mark: string;
  apiKey: string;
  document: string;
  input: Data;
  /** The payload of the first answer without a fault. */
  answer?: Data;
  /** Why calls got no answer at all, and the answers that were errors. */
  broken: string[];
  refused: HttpAnswer[];
}

/** What the rows of the database say about one intention. */
interface Effect {
  mark: string;
  id: string;
  rows: number;
  transfers: number;
}

// Attention is told by its properties, a redemption by its description: both carry the mark.
const effectsSql = `
  SELECT e.properties->>'mark' AS mark, min(e.id::text) AS id, count(DISTINCT e.id)::int AS rows,
    count(t.id)::int AS transfers
  FROM attention_events e LEFT JOIN transfers t ON t.event_id = e.id AND t.kind = 'GRANT' GROUP BY 1
  UNION ALL
  SELECT r.description, min(r.id::text), count(DISTINCT r.id)::int, count(t.id)::int
  FROM redemptions r LEFT JOIN transfers t ON t.hold_id = r.id AND t.kind = 'HOLD' GROUP BY 1`;

const keysSql = `SELECT key FROM idempotency_keys WHERE key LIKE 'storm-%'`;

export interface StormOptions {
  brands: FundedBrand[];
  clients?: number;
  /** A client that does wrong: it takes a new key when it asks again. */
  newKeys?: boolean;
}

/**
 * Clients that write without a pause, visits and redemptions of the same wallets through several brands,
 * and ask again under the same key until they have an answer.
 */
export class Storm {
  readonly intentions: Intention[] = [];
  private targets: Promise<string>[] = [new Promise(() => undefined)];
  private turn = 0;
  private blowing = false;
  private abandoned = false;
  private asking = 0;
  private clients: Promise<void>[] = [];

  constructor(private readonly options: StormOptions) {
    afterwards(() => this.abandon());
  }

  /** Where the clients ask from now on, in turns where it is more than one place. */
  aim(...targets: Promise<string>[]): void {
    for (const target of targets) target.catch(() => undefined);
    this.targets = targets;
  }

  private get target(): Promise<string> {
    return this.targets[(this.turn += 1) % this.targets.length] as Promise<string>;
  }

  start(): void {
    this.blowing = true;
    const { clients = 16 } = this.options;
    this.clients = Array.from({ length: clients }, (_, n) => this.client(n));
  }

  /** Begins nothing new and waits until every intention has its answer. */
  async stop(): Promise<void> {
    this.blowing = false;
    await Promise.all(this.clients);
  }

  /** Ends without waiting for the answers that are missing. */
  async abandon(): Promise<void> {
    this.abandoned = true;
    await Promise.all(this.clients);
  }

  /** Why calls got no answer at all: `ECONNREFUSED` where nobody listened, else they were cut off. */
  get broken(): string[] {
    return this.intentions.flatMap(({ broken }) => broken);
  }

  /** Answers that were errors. */
  get refused(): HttpAnswer[] {
    return this.intentions.flatMap(({ refused }) => refused);
  }

  /** How many calls have been sent and have no answer yet. */
  get underWay(): number {
    return this.asking;
  }

  get answered(): Intention[] {
    return this.intentions.filter(({ answer }) => answer !== undefined);
  }

  /**
   * What is not as it was promised: an answer that was given is kept, an intention happened once and
   * whole, or not at all where it was refused, and nothing happened that nobody was told of.
   */
  async findFlaws(database: Database): Promise<string[]> {
    const effects = await database.query<Effect>(effectsSql);
    const found = new Map(effects.map((effect) => [effect.mark, effect]));
    const flaws = this.intentions.flatMap((intention) => flawsOf(intention, found));
    const known = new Set(this.intentions.map(({ mark }) => mark));
    for (const { mark } of effects) if (!known.has(mark)) flaws.push(`${mark}: out of nowhere`);
    const stored = new Set((await database.query<{ key: string }>(keysSql)).map(({ key }) => key));
    for (const { mark, input } of this.answered) {
      if (!stored.has(input['idempotencyKey'])) flaws.push(`${mark}: its key is not stored`);
    }
    return flaws;
  }

  /** Forgets the answers and asks everything once more, until each has an answer. */
  async askAllAgain(): Promise<void> {
    const rest = [...this.intentions];
    for (const intention of rest) intention.answer = undefined;
    const one = async (): Promise<void> => {
      for (let next = rest.pop(); next !== undefined; next = rest.pop()) await this.pursue(next);
    };
    await Promise.all(Array.from({ length: 16 }, one));
  }

  /** Asks everything once more and answers what was answered otherwise than before. */
  async findOtherAnswers(): Promise<string[]> {
    const flaws: string[] = [];
    const rest = [...this.intentions];
    const one = async (): Promise<void> => {
      for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
        const { document, input, apiKey, answer, mark } = next;
        const again = await askAt(await this.target, document, { input }, apiKey);
        const payload = JSON.stringify({ ...payloadOf(again), replayed: true });
        const first = JSON.stringify({ ...answer, replayed: true });
        if (!payloadOf(again)?.['replayed'] || payload !== first) {
          flaws.push(`${mark}: ${first} became ${again.text}`);
        }
      }
    };
    await Promise.all(Array.from({ length: 16 }, one));
    return flaws;
  }

  private async client(number: number): Promise<void> {
    for (let turn = number; this.blowing && !this.abandoned; turn += 1) {
      const brand = this.options.brands[turn % this.options.brands.length] as FundedBrand;
      const intention = this.intend(brand, turn);
      this.intentions.push(intention);
      await this.pursue(intention);
      // Long enough to keep the number of intentions small, short enough that some are mostly under way.
      await pause(40);
    }
  }

  private intend(brand: FundedBrand, turn: number): Intention {
    const mark = `storm-${newKey()}`;
    const customer = brand.customers[turn % brand.customers.length] as string;
    const known = { mark, apiKey: brand.apiKey, broken: [], refused: [] };
    if (turn % 3 > 0) return { ...known, document: visit, input: visitOf(customer, mark) };
    const by = { externalId: customer };
    const input = { customer: by, amount: 3, description: mark, idempotencyKey: mark };
    return { ...known, document: redeem, input };
  }

  private async pursue(intention: Intention): Promise<void> {
    while (intention.answer === undefined && !this.abandoned) {
      const { document, input, apiKey } = intention;
      const target = await this.target;
      this.asking += 1;
      try {
        const answer = await askAt(target, document, { input }, apiKey);
        if (answer.codes.length === 0) intention.answer = payloadOf(answer);
        else intention.refused.push(answer);
      } catch (error) {
        intention.broken.push(reasonOf(error));
      } finally {
        this.asking -= 1;
      }
      if (intention.answer === undefined) await this.beforeAskingAgain(intention);
    }
  }

  private async beforeAskingAgain(intention: Intention): Promise<void> {
    if (this.options.newKeys === true) {
      intention.input = { ...intention.input, idempotencyKey: `storm-${newKey()}` };
    }
    // Who asks in vain all the time keeps what it waits for from starting.
    await pause(100);
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function reasonOf(error: unknown): string {
  const { cause } = error as { cause?: { code?: string } };
  return cause?.code ?? String(error);
}

function payloadOf({ data }: HttpAnswer): Data | undefined {
  return Object.values(data)[0] as Data | undefined;
}

function flawsOf({ mark, answer }: Intention, effects: Map<string, Effect>): string[] {
  const { id, rows = 0, transfers = 0 } = effects.get(mark) ?? {};
  if (answer === undefined) return [`${mark}: never answered`];
  const shown = (answer['event'] ?? answer['redemption']) as { id: string } | null;
  const expected = shown === null ? 0 : 1;
  if (rows === expected && transfers === expected) return [];
  return [`${mark}: ${rows} rows and ${transfers} transfers for ${JSON.stringify(answer)} (${id})`];
}
