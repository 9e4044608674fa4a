import { claimCases } from './claim-mutations';
import { contactCases } from './contact-mutations';
import { economicsCases } from './economics-mutations';
import { experimentCases } from './experiment-mutations';
import { journeyCases } from './journey-mutations';
import { giftCases } from './gift-mutations';
import { importCases } from './import-mutations';
import { magnetCases } from './magnet-mutations';
import { micronboxCases } from './micronbox-mutations';
import { missing, notFound, unknown } from './refusals';
import type { Scene } from './scene';
import { seriesCases } from './series-cases';
import { webhookMutations } from './webhook-mutations';
import { mergeCases } from './merge-mutations';
import { privacyCases } from './privacy-mutations';
import { orderCases } from './order-mutations';
import { walletCases } from './wallet-mutations';
import { segmentCases } from './segment-mutations';
import { attentionCases } from './attention-mutations';
import { velvetCases } from './velvet-mutations';

type Input = Record<string, unknown>;
type Draft = (scene: Scene) => Promise<Input> | Input;

/** A mutation with an input that is done, one that is refused, and a change that makes either another. */
export interface MutationCase {
  mutation: string;
  by: 'platform' | 'brand' | 'customer';
  done: Draft;
  refused: { code: string; input: Draft };
  change: Input;
}

const anHourAgo = new Date(Date.now() - 3_600_000).toISOString();

/** Every mutation of the schema; a test holds that none is missing. */
export const mutationCases: MutationCase[] = [
  ...experimentCases,
  ...privacyCases,
  ...journeyCases,
  ...importCases,
  ...webhookMutations,
  {
    mutation: 'createBrand',
    by: 'platform',
    done: ({ name }) => ({ name: 'A brand', slug: name() }),
    refused: {
      code: 'ALREADY_EXISTS',
      input: ({ brand }) => ({ name: 'Again', slug: brand.slug }),
    },
    change: { name: 'Another name' },
  },
  {
    mutation: 'updateBrand',
    by: 'brand',
    done: ({ name }) => ({ name: name() }),
    refused: { code: 'INVALID_TEXT', input: () => ({ name: ' ' }) },
    change: { name: 'Another name' },
  },
  {
    mutation: 'createApiKey',
    by: 'brand',
    done: ({ name }) => ({ name: name(), scopes: ['READ'] }),
    refused: { code: 'INVALID_TEXT', input: () => ({ name: ' ', scopes: ['READ'] }) },
    change: { name: 'Another name' },
  },
  {
    mutation: 'revokeApiKey',
    by: 'brand',
    done: async (scene) => ({ id: await scene.apiKey() }),
    refused: notFound('key'),
    change: { id: missing('brd') },
  },
  {
    mutation: 'identifyCustomer',
    by: 'brand',
    done: ({ name }) => ({
      externalId: name(),
      email: `${name()}@example.in`,
      traits: { vip: true },
    }),
    refused: { code: 'INVALID_EMAIL', input: () => ({ email: 'nobody@localhost' }) },
    change: { externalId: 'another' },
  },
  {
    mutation: 'linkIdentity',
    by: 'brand',
    done: async (scene) => ({
      customer: { id: (await scene.customer()).id },
      email: `${scene.name()}@example.in`,
    }),
    refused: {
      code: 'NOT_FOUND',
      input: ({ name }) => ({ customer: unknown, email: `${name()}@example.in` }),
    },
    change: { email: 'another@example.in' },
  },
  {
    mutation: 'confirmIdentity',
    by: 'brand',
    done: (scene) => scene.confirmation(),
    refused: {
      code: 'NOT_FOUND',
      input: () => ({ confirmationId: missing('cnf'), code: '123456' }),
    },
    change: { code: 'another' },
  },
  {
    mutation: 'createCustomerToken',
    by: 'brand',
    done: async (scene) => ({ customer: { id: (await scene.customer()).id } }),
    refused: { code: 'NOT_FOUND', input: () => ({ customer: unknown }) },
    change: { ttlSeconds: 7 },
  },
  {
    mutation: 'recordMessage',
    by: 'brand',
    done: ({ name }) => ({ externalId: name(), channel: 'SMS', openMu: 2, audience: 3 }),
    refused: {
      code: 'BUDGET_EXHAUSTED',
      input: ({ name }) => ({ externalId: name(), channel: 'SMS', openMu: 10 ** 9, audience: 9 }),
    },
    change: { campaign: 'another' },
  },
  {
    mutation: 'recordDeliveries',
    by: 'brand',
    done: async (scene) => ({
      messageId: await scene.message(),
      customers: [{ id: (await scene.customer()).id }],
    }),
    refused: {
      code: 'NOT_FOUND',
      input: () => ({ messageId: missing('msg'), customers: [unknown] }),
    },
    change: { deliveredAt: anHourAgo },
  },
  {
    mutation: 'recordPurchase',
    by: 'brand',
    done: async (scene) => ({
      customer: { id: (await scene.customer()).id },
      externalId: scene.name(),
      purchasedAt: anHourAgo,
      items: 2,
      amount: '29.33',
      currency: 'INR',
    }),
    refused: {
      code: 'NOT_FOUND',
      input: ({ name }) => ({
        customer: unknown,
        externalId: name(),
        purchasedAt: anHourAgo,
        items: 2,
        amount: '29.33',
        currency: 'INR',
      }),
    },
    change: { items: 3 },
  },
  {
    mutation: 'upsertEarnRule',
    by: 'brand',
    done: ({ name }) => ({ name: name(), action: 'QUIZ', amount: 3, streak: {} }),
    refused: {
      code: 'AMOUNT_NOT_POSITIVE',
      input: ({ name }) => ({ name: name(), action: 'QUIZ', amount: 0 }),
    },
    change: { perCustomerPerDay: 2 },
  },
  {
    mutation: 'registerCustomAction',
    by: 'brand',
    done: ({ name }) => ({ name: name(), description: 'Unboxed it on video' }),
    refused: { code: 'INVALID_TEXT', input: () => ({ name: ' ' }) },
    change: { description: 'Unboxed it in a shop' },
  },
  {
    mutation: 'recordAttention',
    by: 'brand',
    done: async (scene) => ({
      customer: { id: (await scene.customer()).id },
      messageId: await scene.message(),
      action: 'OPEN',
      properties: { place: 'Mumbai', tries: [1, 2] },
    }),
    refused: { code: 'NOT_FOUND', input: () => ({ customer: unknown, action: 'OPEN' }) },
    change: { durationMs: 7 },
  },
  {
    mutation: 'issueMu',
    by: 'platform',
    done: ({ brand }) => ({ brandId: brand.id, amount: 5, reason: 'purchase' }),
    refused: {
      code: 'AMOUNT_TOO_LARGE',
      input: ({ brand }) => ({ brandId: brand.id, amount: 10 ** 15 + 1, reason: 'purchase' }),
    },
    change: { reason: 'another purchase' },
  },
  {
    mutation: 'upsertShopItem',
    by: 'brand',
    done: ({ name }) => ({ externalId: name(), name: 'A cup', price: 9 }),
    refused: {
      code: 'AMOUNT_NOT_POSITIVE',
      input: ({ name }) => ({ externalId: name(), name: 'A cup', price: -9 }),
    },
    change: { description: 'blue' },
  },
  {
    mutation: 'createQrCode',
    by: 'brand',
    done: ({ name }) => ({ code: name(), name: 'A chapter', mu: 50 }),
    refused: {
      code: 'AMOUNT_NOT_POSITIVE',
      input: ({ name }) => ({ code: name(), name: 'A chapter', mu: 0 }),
    },
    change: { name: 'Another chapter' },
  },
  {
    mutation: 'redeem',
    by: 'brand',
    done: async (scene) => ({
      customer: { id: (await scene.customer(20)).id },
      amount: 7,
      description: 'a cup of tea',
    }),
    refused: {
      code: 'INSUFFICIENT_MU',
      input: async (scene) => ({
        customer: { id: (await scene.customer()).id },
        amount: 7,
        description: 'a cup of tea',
      }),
    },
    change: { description: 'a cup of coffee' },
  },
  {
    mutation: 'captureRedemption',
    by: 'brand',
    done: async (scene) => ({ id: await scene.redemption() }),
    refused: notFound('red'),
    change: { id: missing('trf') },
  },
  {
    mutation: 'cancelRedemption',
    by: 'brand',
    done: async (scene) => ({ id: await scene.redemption() }),
    refused: notFound('red'),
    change: { id: missing('trf') },
  },
  {
    mutation: 'reverseTransfer',
    by: 'brand',
    done: async (scene) => ({ id: await scene.grant(), reason: 'a mistake' }),
    refused: {
      code: 'NOT_FOUND',
      input: () => ({ id: missing('trf'), reason: 'a mistake' }),
    },
    change: { reason: 'another mistake' },
  },
  ...claimCases,
  ...mergeCases,
  ...orderCases,
  ...walletCases,
  ...giftCases,
  ...magnetCases,
  ...velvetCases,
  ...attentionCases,
  ...contactCases,
  ...micronboxCases,
  ...segmentCases,
  ...seriesCases,
  ...economicsCases,
];

/** Those that move Mu, or begin and end what holds some: these break everywhere every day. */
export const movingMu: ReadonlySet<string> = new Set([
  'issueMu',
  'recordMessage',
  'recordAttention',
  'redeem',
  'captureRedemption',
  'cancelRedemption',
  'reverseTransfer',
  'giftMu',
]);
