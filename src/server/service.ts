import type { GraphQLSchema } from 'graphql';
import type { IncomingHttpHeaders } from 'node:http';
import type { Supergraph } from '../gateway';
import type { Caller } from '../platform/auth/caller';
import type { Clock } from '../platform/clock';
import type { Config } from '../platform/config';
import type { CommandBatcher } from '../platform/database/command-batcher';
import type { OutboxFeed } from '../platform/database/outbox-feed';
import type { Database } from '../platform/database/database';
import type { Feature } from '../platform/feature';
import type { Context } from '../platform/graphql/context';
import type { Log } from '../platform/log';

/** What a developer needs to start calling; exists outside production only. */
export interface Demo {
  platformKey: string;
  brandKey: string;
  brandId: string;
  routerSecret: string;
}

/** The supergraph as it is now, and as it becomes. */
export interface Supergraphs {
  /** Null when nothing is federated with us. */
  current(): Supergraph | null;
  onChange(listener: (supergraph: Supergraph) => void): void;
  /** Why what is configured is not what is served; empty when it is. */
  problems(): string[];
  stop(): void;
}

/** Everything behind the HTTP doors, composed and connected; what the server serves. */
export interface Service {
  config: Config;
  log: Log;
  clock: Clock;
  database: Database;
  commands: CommandBatcher;
  announcements: OutboxFeed;
  features: readonly Feature[];
  supergraphs: Supergraphs;
  publicSchema: GraphQLSchema;
  subgraphSchema: GraphQLSchema;
  /** The SDL that `_service` answers and `schema/rewards.graphql` holds. */
  sdl: string;
  /** The caller behind the request headers; throws RequestError UNAUTHENTICATED for a bad key or token. */
  authenticate(headers: IncomingHttpHeaders): Promise<Caller>;
  /** A fresh context for one request; `close` its `reads` when the request is over. */
  contextFor(caller: Caller, requestId: string, log: Log): Context;
  /** Stops jobs, waits for commands in flight, closes the pools and an embedded database. */
  close(): Promise<void>;
}
