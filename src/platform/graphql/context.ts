import type { IncomingHttpHeaders } from 'node:http';
import type { Caller } from '../auth/caller';
import type { Clock } from '../clock';
import type { Config } from '../config';
import type { CommandBatcher } from '../database/command-batcher';
import type { OutboxFeed } from '../database/outbox-feed';
import type { ReadSession } from '../database/read-session';
import type { Log } from '../log';

/** What a resolver gets: one per request, never shared between callers. */
export interface Context {
  caller: Caller;
  config: Config;
  clock: Clock;
  log: Log;
  requestId: string;
  /** What the client sent beside the operation; a partner gets of it what the operator lists. */
  clientHeaders?: IncomingHttpHeaders;
  /** Reads of this request, one database snapshot, row-level security set for the caller. */
  reads: ReadSession;
  /** The one way to write. */
  commands: CommandBatcher;
  /** What any process announces, for subscriptions. */
  announcements: OutboxFeed;
}
