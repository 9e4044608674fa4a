import 'reflect-metadata';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { DataSource } from 'typeorm';
import { recordEvent, type NaiveInput } from './naive/record-event';
import { naiveTables, NaiveAccount, NaiveBrand, NaiveCustomer } from './naive/tables';
import type { NaiveJob, NaiveStarted } from './naive-server';
import { answerJobs } from './started-process';

const typeDefs = `
  input CustomerBy { externalId: String! }
  input RecordAttentionInput {
    customer: CustomerBy!  action: String!  channel: String  idempotencyKey: String!
  }
  type MuGrant { amount: Int! }
  type Wallet { balance: Float! }
  type UserError { code: String! }
  type RecordAttentionPayload { grants: [MuGrant!]!  wallet: Wallet  userErrors: [UserError!]! }
  type Query { ready: Boolean! }
  type Mutation { recordAttention(input: RecordAttentionInput!): RecordAttentionPayload! }`;

interface Context {
  brandId: string;
}

async function start({ url, key, customers }: NaiveJob): Promise<NaiveStarted> {
  const database = await new DataSource({
    type: 'postgres',
    url,
    entities: naiveTables,
    synchronize: true,
    poolSize: 16,
  }).initialize();
  await fill(database, key, customers);
  const server = new ApolloServer<Context>({
    typeDefs,
    introspection: false,
    resolvers: {
      Query: { ready: () => true },
      Mutation: {
        recordAttention: (_: unknown, { input }: { input: NaiveInput }, { brandId }: Context) =>
          recordEvent(database, brandId, input),
      },
    },
  });
  const started = await startStandaloneServer(server, {
    listen: { port: 0, host: '127.0.0.1' },
    context: async ({ req }) => {
      const apiKey = (req.headers.authorization ?? '').replace('Bearer ', '');
      const brand = await database.getRepository(NaiveBrand).findOneByOrFail({ apiKey });
      return { brandId: brand.id };
    },
  });
  return { url: started.url };
}

async function fill(database: DataSource, apiKey: string, customers: number): Promise<void> {
  const brands = database.getRepository(NaiveBrand);
  const brand = brands.create({ apiKey });
  await brands.insert(brand);
  const people = Array.from({ length: customers }, (_, n) => ({
    brandId: brand.id,
    externalId: `c-${n}`,
  }));
  await database.getRepository(NaiveCustomer).save(people, { chunk: 1000 });
  const accounts = database.getRepository(NaiveAccount);
  await accounts.insert({ kind: 'BUDGET', owner: brand.id, balance: String(10 ** 12) });
  const made = await database.getRepository(NaiveCustomer).find();
  const wallets = made.map(({ id }) => ({ kind: 'WALLET' as const, owner: id, balance: '0' }));
  await accounts.save(wallets, { chunk: 1000 });
  await database.query('VACUUM ANALYZE');
}

answerJobs(start);
