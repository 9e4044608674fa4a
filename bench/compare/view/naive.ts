import 'reflect-metadata';
import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
} from '@apollo/server/plugin/disabled';
import { startStandaloneServer } from '@apollo/server/standalone';
import DataLoader from 'dataloader';
import { DataSource, In, MoreThanOrEqual, type EntitySchema } from 'typeorm';
import { hashApiKeySecret, parseApiKey } from '../../../src/platform/auth/api-key';
import { typeDefs } from './naive.schema';
import { tables, type Row } from './naive.tables';
import { announce } from './peer';

/**
 * The customer card as one writes it from the manuals: Apollo Server, a resolver a field, a DataLoader a
 * relation, TypeORM repositories. What the manuals advise for speed is done: plugins that trace are off,
 * documents are cached, columns are chosen, every condition has its index.
 */
const source = new DataSource({
  type: 'postgres',
  url: process.env['DATABASE_URL'],
  entities: Object.values(tables),
  poolSize: 8,
  extra: { options: '-c jit=off' },
});

interface Context {
  brand: Row;
  one: (table: EntitySchema<Row>) => DataLoader<string, Row | null>;
  many: (
    table: EntitySchema<Row>,
    order: Record<string, 'ASC' | 'DESC'>,
  ) => DataLoader<string, Row[]>;
  byId: (table: EntitySchema<Row>) => DataLoader<string, Row | null>;
}

async function contextOf(authorization: string): Promise<Context> {
  const presented = parseApiKey(authorization.slice('Bearer '.length));
  const key =
    presented && (await source.getRepository(tables.keys).findOneBy({ id: presented.uuid }));
  const good = key?.['secretHash'].equals(hashApiKeySecret(presented?.secret ?? ''));
  if (!key || good !== true || key['revokedAt'] !== null) throw new Error('UNAUTHENTICATED');
  const brand = await source.getRepository(tables.brands).findOneByOrFail({ id: key['brandId'] });
  const brandId = brand['id'] as string;
  const loaders = new Map<unknown, unknown>();
  const kept = <T>(table: unknown, make: () => T): T => {
    if (!loaders.has(table)) loaders.set(table, make());
    return loaders.get(table) as T;
  };
  const rowsOf = (table: EntitySchema<Row>, ids: readonly string[], order = {}) =>
    source.getRepository(table).find({ where: { brandId, customerId: In([...ids]) }, order });
  return {
    brand,
    one: (table) =>
      kept(
        table,
        () =>
          new DataLoader(async (ids: readonly string[]) => {
            const rows = await rowsOf(table, ids);
            return ids.map((id) => rows.find((row) => row['customerId'] === id) ?? null);
          }),
      ),
    many: (table, order) =>
      kept(
        table,
        () =>
          new DataLoader(async (ids: readonly string[]) => {
            const rows = await rowsOf(table, ids, order);
            return ids.map((id) => rows.filter((row) => row['customerId'] === id));
          }),
      ),
    byId: (table) =>
      kept(
        table,
        () =>
          new DataLoader(async (ids: readonly string[]) => {
            const rows = await source.getRepository(table).findBy({ id: In([...ids]) });
            return ids.map((id) => rows.find((row) => row['id'] === id) ?? null);
          }),
      ),
  };
}

/** The last of a list: no DataLoader can take the first few of each of many keys. */
function lastOf(table: EntitySchema<Row>, order: Record<string, 'DESC'>) {
  return async ({ customerId }: Row, { first }: { first: number }, { brand }: Context) => {
    const where = { brandId: brand['id'], customerId };
    return { nodes: await source.getRepository(table).find({ where, order, take: first }) };
  };
}

const dayMs = 86_400_000;
const bands = [
  ['HOOKED', 60],
  ['ENGAGED', 35],
  ['DRIFTING', 10],
  ['FADING', 1],
] as const;

async function scoreOf({ customerId, traits }: Row, _: object, { brand, one }: Context) {
  const zone = traits['timezone'] ?? brand['timezone'];
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(new Date());
  const since = new Date(Date.parse(today) - 29 * dayMs).toISOString().slice(0, 10);
  const state = await one(tables.states).load(customerId);
  const days = await source.getRepository(tables.days).findBy({
    brandId: brand['id'],
    customerId,
    localDay: MoreThanOrEqual(since),
  });
  const streak: number = state?.['streak'] ?? 0;
  const silent = state === null ? 0 : (Date.parse(today) - Date.parse(state['emaDay'])) / dayMs;
  const ema = state?.['emaDay'] == null ? 0 : state['ema'] * 2 ** (-Math.max(0, silent) / 14);
  const index = Math.floor(
    Math.min(100, 90 * (1 - 2 ** -ema) + Math.min(10, Math.max(0, streak))) + 0.5,
  );
  const raw30d = days
    .filter(({ localDay }) => localDay <= today)
    .reduce((sum, day) => sum + Number(day['opens']) + 3 * Number(day['clicks']), 0);
  return {
    raw30d,
    ema,
    index,
    streak,
    band: bands.find(([, least]) => index >= least)?.[0] ?? 'SILENT',
  };
}

async function dormancyOf({ customerId, createdAt }: Row, _: object, { one }: Context) {
  const state = await one(tables.states).load(customerId);
  const heard = state?.['lastAttendedAt'] ?? null;
  return {
    state: state?.['dormancy'] ?? 'NOT_TESTED',
    since: state?.['dormancySince'] ?? createdAt,
    daysSilent: heard === null ? null : Math.floor((Date.now() - heard.getTime()) / dayMs),
  };
}

async function totalsOf({ customerId }: Row, _: object, { brand, one }: Context) {
  const totals = await one(tables.totals).load(customerId);
  const net = totals === null ? 0 : totals['grossMinor'] - totals['refundedMinor'];
  const money = { amount: (net / 100).toFixed(2), currencyCode: brand['currency'] };
  return { orders: 0, firstAt: null, lastAt: null, ...totals, net: money };
}

const resolvers = {
  Query: {
    customer: (_: object, { by }: { by: { externalId: string } }, { brand }: Context) =>
      source
        .getRepository(tables.relationships)
        .findOneBy({ brandId: brand['id'], externalId: by.externalId }),
  },
  Customer: {
    id: ({ customerId }: Row) => customerId,
    name: ({ traits }: Row) => traits['name'] ?? null,
    relationship: (row: Row) => row,
    identities: ({ customerId }: Row, _: object, { many }: Context) =>
      many(tables.identities, { createdAt: 'DESC', kind: 'ASC', value: 'ASC' }).load(customerId),
    consents: ({ customerId }: Row, _: object, { many }: Context) =>
      many(tables.consents, { purpose: 'ASC' }).load(customerId),
    wallet: async ({ customerId }: Row, _: object, { one }: Context) => {
      const share = await one(tables.shares).load(customerId);
      return { balance: 0, held: 0, ...share, customerId, lifetimeEarned: share?.['earned'] ?? 0 };
    },
    attention: lastOf(tables.events, { occurredAt: 'DESC', id: 'DESC' }),
    messages: lastOf(tables.deliveries, { deliveredAt: 'DESC', id: 'DESC' }),
  },
  Relationship: { attentionScore: scoreOf, dormancy: dormancyOf, purchaseTotals: totalsOf },
  Wallet: { statement: lastOf(tables.entries, { brandNumber: 'DESC' }) },
  Entry: {
    number: ({ brandNumber }: Row) => brandNumber,
    balanceAfter: ({ brandBalanceAfter }: Row) => brandBalanceAfter,
    kind: async ({ transferId }: Row, _: object, { byId }: Context) =>
      (await byId(tables.transfers).load(transferId))?.['kind'],
    reason: async ({ transferId }: Row, _: object, { byId }: Context) =>
      (await byId(tables.transfers).load(transferId))?.['reason'],
  },
  Event: { confidence: ({ confidence }: Row) => confidence / 100 },
  Delivery: {
    message: ({ messageId }: Row, _: object, { byId }: Context) =>
      byId(tables.messages).load(messageId),
  },
};

async function main(): Promise<void> {
  await source.initialize();
  const server = new ApolloServer<Context>({
    typeDefs,
    resolvers,
    plugins: [ApolloServerPluginCacheControlDisabled(), ApolloServerPluginInlineTraceDisabled()],
  });
  const { url } = await startStandaloneServer(server, {
    listen: { port: 0, host: '127.0.0.1' },
    context: ({ req }) => contextOf(req.headers.authorization ?? ''),
  });
  announce(url);
}

void main();
