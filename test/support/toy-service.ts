import 'reflect-metadata';
import type { IncomingHttpHeaders } from 'node:http';
import {
  Arg,
  Args,
  Ctx,
  Field,
  FieldResolver,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Query,
  registerEnumType,
  Resolver,
} from 'type-graphql';
import { brandScopes, type BrandScope, type Caller } from '../../src/platform/auth/caller';
import { databaseClock } from '../../src/platform/clock';
import { loadConfig } from '../../src/platform/config';
import { RequestError, UnavailableError } from '../../src/platform/errors';
import { Allow } from '../../src/platform/graphql/access';
import {
  connectionTypes,
  PageArgs,
  readPage,
  toConnection,
  type Connection,
} from '../../src/platform/graphql/connection';
import type { Context } from '../../src/platform/graphql/context';
import { buildSchemas } from '../../src/platform/graphql/subgraph';
import type { Limits } from '../../src/platform/limits';
import { createLog, type Log } from '../../src/platform/log';
import type { Service } from '../../src/server/service';

/** A stand-in for what lies behind HTTP: fields that answer, wait and fail, and callers by plain names. */
export interface ToyService extends Service {
  seen: ToySeen;
}

export interface ToySeen {
  /** Mutations that ran. */
  touched: number;
  /** Contexts handed out and not closed yet. */
  open: number;
  /** What the field `held` waits for before it answers. */
  gate: Promise<void>;
  /** What `database.ping` does. */
  ping: () => Promise<void>;
  closed: boolean;
}

enum Channel {
  EMAIL = 'EMAIL',
  SMS = 'SMS',
}
registerEnumType(Channel, { name: 'ToyChannel' });

@ObjectType()
class ToyPerson {
  @Field(() => String) id!: string;
  @Field(() => String) name!: string;
}

const People = connectionTypes(ToyPerson, 'ToyPerson');

@InputType()
class TouchInput {
  @Field(() => String) key!: string;
  @Field(() => Int, { nullable: true }) amount?: number;
  @Field(() => Channel, { nullable: true }) channel?: Channel;
}

@InputType()
class BatchInput {
  @Field(() => [TouchInput]) events!: TouchInput[];
}

@ObjectType()
class Touched {
  @Field(() => Int) count!: number;
}

const everybody = { platform: true, customer: true, brand: 'mu:read' } as const;

function person(id: string): ToyPerson {
  return Object.assign(new ToyPerson(), { id, name: `person ${id}` });
}

function page(args: PageArgs, context: Context): Connection<ToyPerson> {
  const checked = readPage(args, context.config.limits, ['text']);
  const rows = Array.from({ length: Math.min(checked.first, 3) }, (_, at) => person(`p${at}`));
  return toConnection(rows, checked, (row) => [row.id]);
}

@Resolver(() => ToyPerson)
class ToyResolver {
  @Query(() => ToyPerson, { nullable: true })
  @Allow(everybody)
  me(): ToyPerson {
    return person('me');
  }

  @Query(() => People.Connection)
  @Allow(everybody)
  people(@Args(() => PageArgs) args: PageArgs, @Ctx() context: Context): Connection<ToyPerson> {
    return page(args, context);
  }

  @Query(() => String, { nullable: true })
  @Allow(everybody)
  async held(@Ctx() context: ToyContext): Promise<string> {
    context.log.info('held');
    await context.seen.gate;
    return 'done';
  }

  @Query(() => String, { nullable: true })
  @Allow(everybody)
  broken(): string {
    throw new Error('connect postgres://app:password=hunter2@db.internal failed');
  }

  @Query(() => String, { nullable: true })
  @Allow(everybody)
  busy(): string {
    throw new UnavailableError('pool');
  }

  @Query(() => String, { nullable: true, complexity: 500 })
  @Allow(everybody)
  dear(): string {
    return 'dear';
  }

  @FieldResolver(() => People.Connection)
  friends(@Args(() => PageArgs) args: PageArgs, @Ctx() context: Context): Connection<ToyPerson> {
    return page(args, context);
  }

  @FieldResolver(() => ToyPerson)
  friend(): ToyPerson {
    return person('f');
  }

  @FieldResolver(() => [String], { nullable: 'items' })
  flaws(): (string | null)[] {
    return Array.from({ length: 40 }, () => new Error('flaw') as never);
  }

  @Mutation(() => Touched)
  @Allow({ brand: 'mu:attention', customer: true })
  touch(@Arg('input', () => TouchInput) _input: TouchInput, @Ctx() context: ToyContext): Touched {
    return { count: (context.seen.touched += 1) };
  }

  @Mutation(() => [Touched])
  @Allow({ brand: 'mu:attention' })
  recordAttentionBatch(
    @Arg('input', () => BatchInput) input: BatchInput,
    @Ctx() context: ToyContext,
  ): Touched[] {
    return input.events.map(() => ({ count: (context.seen.touched += 1) }));
  }

  @Mutation(() => Touched)
  @Allow({ platform: true })
  mint(@Ctx() context: ToyContext): Touched {
    return { count: (context.seen.touched += 1) };
  }
}

interface ToyContext extends Context {
  seen: ToySeen;
}

const schemas = buildSchemas({
  resolvers: [ToyResolver],
  references: {},
  rootDescriptions: { query: 'Reads.', mutation: 'Writes.' },
});

const all = Object.keys(brandScopes) as BrandScope[];
const brandId = '00000000-0000-7000-8000-0000000000b1';

/** Bearers that stand for each kind of caller. */
export const toyCallers: Record<string, Caller> = {
  platform: { kind: 'platform' },
  brand: { kind: 'brand', brandId, keyId: 'k1', scopes: ['mu:read', 'mu:attention'] },
  developer: { kind: 'brand', brandId, keyId: 'k2', scopes: all },
  reader: { kind: 'brand', brandId, keyId: 'k3', scopes: ['mu:read'] },
  customer: { kind: 'customer', customerId: '00000000-0000-7000-8000-0000000000c1', brandId },
};

/** What production insists on. */
export const productionEnv = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://127.0.0.1/unused',
  PLATFORM_KEY: 'a-platform-key-for-tests',
  ROUTER_SECRET: 'a-router-secret-for-tests',
  TOKEN_SECRET: 'a-token-secret-for-tests',
};

export interface ToyOptions {
  env?: NodeJS.ProcessEnv;
  limits?: Partial<Limits>;
  log?: Log;
}

export function createToyService({ env = {}, limits = {}, log }: ToyOptions = {}): ToyService {
  const config = loadConfig({ NODE_ENV: 'test', PORT: '0', LOG_LEVEL: 'silent', ...env });
  Object.assign(config.limits, limits);
  const seen: ToySeen = {
    touched: 0,
    open: 0,
    gate: Promise.resolve(),
    ping: async () => undefined,
    closed: false,
  };
  const serviceLog = log ?? createLog(config.logLevel);
  return {
    seen,
    config,
    log: serviceLog,
    clock: databaseClock,
    features: [],
    supergraphs: {
      current: () => null,
      onChange: () => undefined,
      problems: () => [],
      stop: () => undefined,
    },
    ...schemas,
    database: { ping: () => seen.ping(), standbys: null } as never,
    commands: { depth: 0 } as never,
    announcements: {} as never,
    async authenticate(headers: IncomingHttpHeaders): Promise<Caller> {
      if (headers.authorization === undefined) return { kind: 'anonymous' };
      const caller = toyCallers[headers.authorization.replace('Bearer ', '')];
      if (caller === undefined) throw new RequestError('UNAUTHENTICATED');
      return caller;
    },
    contextFor(caller: Caller, requestId: string, requestLog: Log): Context {
      seen.open += 1;
      const reads = {
        close: async () => void (seen.open -= 1),
        hurry: () => undefined,
        steer: () => null,
        position: null,
      } as never;
      const base = { caller, config, clock: databaseClock, log: requestLog, requestId, reads };
      return { ...base, commands: {} as never, announcements: {} as never, seen } as ToyContext;
    },
    async close() {
      seen.closed = true;
    },
  };
}
