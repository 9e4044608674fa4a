import {
  rawPartner,
  startBefore,
  type RawPartner,
  type ServiceBeforePartners,
} from '../support/raw-partners';
import {
  newKey,
  type Data,
  type TestBrand,
  type TestServiceOptions,
} from '../support/test-service';
import type { Answer } from '../support/http-service';
import { healthy, partnerWords, shopSdl } from './shop-graph';

const people = 20;

/** Ours, the partner's fields of twenty of our entities, and its own field of the root. */
export const everything = `{
  customers(first: 20) { nodes { externalId tier spent orders { total } } }
  order(id: "o1") { total note }
}`;

/** The names of the customers there are, as a list of them tells them. */
export const ours = Array.from({ length: people }, (_, at) => nameOf(at)).reverse();

/** A brand with twenty customers before a shop that can be made to misbehave. */
export interface ShopScene {
  t: ServiceBeforePartners;
  shop: RawPartner;
  brand: TestBrand;
  ask: (query: string, variables?: Data) => Promise<Answer>;
  /** Makes the shop well and waits until it is asked again. */
  recover: () => Promise<void>;
  close: () => Promise<void>;
}

export async function startShopScene(options: TestServiceOptions = {}): Promise<ShopScene> {
  const shop = await rawPartner();
  const t = await startBefore({ shop: { sdl: shopSdl, url: shop.url } }, options);
  const brand = await t.createBrand('brand-a', { budget: 1000 });
  const ask = (query: string, variables: Data = {}) => t.ask(query, variables, brand.apiKey);
  for (let at = 0; at < people; at += 1) {
    const input = { externalId: nameOf(at), idempotencyKey: newKey() };
    await ask(
      `mutation ($input: IdentifyCustomerInput!) { identifyCustomer(input: $input) { userErrors { code } } }`,
      { input },
    );
  }
  return {
    t,
    shop,
    brand,
    ask,
    async recover() {
      shop.says(healthy);
      while ((await ask('{ order(id: "o1") { total } }')).codes.length > 0) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      shop.heard.length = 0;
    },
    async close() {
      await t.close();
      await shop.close();
    },
  };
}

function nameOf(at: number): string {
  return `c-${String(at).padStart(2, '0')}`;
}

export function namesIn(data: Data): string[] {
  return data['customers'].nodes.map((node: Data) => node['externalId']);
}

/** Nothing that partners say for themselves, and no address, is in a text. */
export function expectSilent(text: string, { url }: { url: string }): void {
  for (const word of [...partnerWords, new URL(url).host, '/srv/', '<html']) {
    expect(text).not.toContain(word);
  }
}

/** Everything of ours is there, everything of the partner is null, and the errors say whose fault it is. */
export function expectPartLost({ data, json, status, text }: Answer, shop: { url: string }): void {
  expect(status).toBe(200);
  expect(namesIn(data)).toEqual(ours);
  for (const node of data['customers'].nodes) {
    expect(node).toMatchObject({ tier: null, spent: null, orders: null });
  }
  expect(data['order']).toBeNull();
  expect(json['errors']).toHaveLength(10);
  for (const { extensions, path, message } of json['errors']) {
    expect(extensions).toMatchObject({ code: 'UNAVAILABLE', subgraph: 'shop', retryable: true });
    expect(message).toBe('This part of the graph cannot answer now.');
    expect(path.join('.')).toMatch(/^order$|^customers\.nodes\.\d+\.(tier|spent|orders)$/);
  }
  expectSilent(text, shop);
}
