import type { Command } from '../../../src/platform/database/command';
import { newKey, startTestService, type Data, type TestService } from '../../support/test-service';
import type { Chance } from './chance';

/** One brand of the market, and what it has made so far that later commands can name. */
export interface Stall {
  apiKey: string;
  customers: string[];
  tokens: Map<string, string>;
  made: Map<string, string[]>;
}

/** Brands with customers, whose every command is written down as the batcher got it. */
export interface Market {
  t: TestService;
  stalls: Stall[];
  sent: Command[];
  /** Runs a mutation as the brand, or as its customer with a token; answers its payload. */
  ask: (mutation: string, input: Data, selection: string, bearer: string) => Promise<Data>;
}

const customersOfStall = 4;

/** Opens a market; every second customer is known to a neighbouring brand too. */
export async function openMarket(brands: number): Promise<Market> {
  const t = await startTestService({ limits: { giftCoolingSeconds: 0 } });
  const sent: Command[] = [];
  const { commands } = t.service;
  const submit = commands.submit.bind(commands);
  commands.submit = (command) => {
    sent.push(command);
    return submit(command);
  };
  const market: Market = { t, stalls: [], sent, ask: (...asked) => ask(t, ...asked) };
  const slugs = Array.from({ length: brands }, (_, at) => `stall-${at}`);
  const opened = await Promise.all(slugs.map((slug) => t.createBrand(slug, { budget: 20_000 })));
  market.stalls = await Promise.all(opened.map(({ apiKey }, at) => settle(market, apiKey, at)));
  return market;
}

async function settle(market: Market, apiKey: string, at: number): Promise<Stall> {
  const customers = Array.from({ length: customersOfStall }, (_, n) => `person-${n}`);
  const stall: Stall = { apiKey, customers, tokens: new Map(), made: new Map() };
  for (const [n, externalId] of customers.entries()) {
    const email = `person-${n % 2 === 0 ? at : Math.floor(at / 2)}-${n}@example.in`;
    const input = { externalId, email, confirmed: n < 3 ? ['EMAIL'] : [] };
    await market.ask('identifyCustomer', input, 'replayed', apiKey);
    const minted = await market.ask(
      'createCustomerToken',
      { customer: { externalId }, ttlSeconds: 86_400 },
      'token',
      apiKey,
    );
    stall.tokens.set(externalId, minted['token'] as string);
  }
  return stall;
}

async function ask(
  t: TestService,
  mutation: string,
  input: Data,
  selection: string,
  bearer: string,
): Promise<Data> {
  const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
  const { data, errors } = await t.run(
    `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${selection} } }`,
    { input: 'events' in input ? input : { ...input, idempotencyKey: newKey() } },
    bearer,
  );
  if (errors) throw new Error(`${mutation} ${JSON.stringify(input)}: ${JSON.stringify(errors)}`);
  return data[mutation] as Data;
}

/** Remembers an id under a kind, for later commands to name. */
export function remember(stall: Stall, kind: string, id: unknown): void {
  if (typeof id === 'string') stall.made.set(kind, [...(stall.made.get(kind) ?? []), id]);
}

/** One of the ids made so far; of nothing when there is none yet. */
export function pick(stall: Stall, kind: string, chance: Chance): string {
  const ids = stall.made.get(kind) ?? [];
  return ids.length === 0 ? 'nothing_00000000000000000000000000' : chance.of(ids);
}
