import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createWsClient } from 'graphql-ws';
import type { ExecutionResult } from 'graphql';
import WebSocket from 'ws';
import type { Data } from '../support/test-service';

/** A subscription as a client has it: what came so far, and a way to wait for more. */
export interface Listener {
  results: ExecutionResult<Data>[];
  /** Whatever ended it: nothing while it is open, `null` when it completed. */
  ended: { with: unknown } | undefined;
  /** Resolves with the first results when there are as many; rejects when they do not come. */
  have(count: number): Promise<ExecutionResult<Data>[]>;
  /** Resolves when it has ended, with what ended it. */
  end(): Promise<unknown>;
  stop(): void;
}

export type Carrier = 'WebSocket' | 'server-sent events';

export interface Listening {
  url: string;
  bearer?: string;
  query: string;
  variables?: Record<string, unknown>;
  /** What else the message says, such as `documentId`. */
  beside?: Record<string, unknown>;
  headers?: Record<string, string>;
}

/** Subscribes the way an application would, with the protocol's own client. */
export function listen(carrier: Carrier, listening: Listening): Listener {
  const client = carrier === 'WebSocket' ? overSocket(listening) : overStream(listening);
  const listener: Listener = {
    results: [],
    ended: undefined,
    have: async (count) => {
      await until(
        () => listener.results.length >= count,
        () => JSON.stringify(listener),
      );
      return listener.results.slice(0, count);
    },
    end: async () => {
      await until(
        () => listener.ended !== undefined,
        () => 'it goes on',
      );
      return listener.ended?.with;
    },
    stop: () => undefined,
  };
  const { query, variables, beside } = listening;
  const unsubscribe = client.subscribe<Data>(
    { query, variables, ...beside },
    {
      next: (result) => void listener.results.push(result as ExecutionResult<Data>),
      error: (error) => (listener.ended = { with: error }),
      complete: () => (listener.ended ??= { with: null }),
    },
  );
  listener.stop = () => {
    unsubscribe();
    void client.dispose();
  };
  return listener;
}

function overSocket({ url, bearer, headers }: Listening) {
  class Socket extends WebSocket {
    constructor(address: string, protocols: string) {
      super(address, protocols, { headers: headers ?? {} });
    }
  }
  return createWsClient({
    url: url.replace('http', 'ws'),
    webSocketImpl: Socket,
    retryAttempts: 0,
    ...(bearer === undefined ? {} : { connectionParams: { authorization: `Bearer ${bearer}` } }),
  });
}

function overStream({ url, bearer, headers }: Listening) {
  return createSseClient({
    url,
    retryAttempts: 0,
    headers: { ...headers, ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }) },
  });
}

/** Far beyond what anything takes, on a machine that is starved of its cores too. */
const patienceMs = 20_000;

/** Waits for something that happens soon; `why` says what was there instead. */
export async function until(holds: () => boolean, why: () => string): Promise<void> {
  const patience = Date.now() + patienceMs;
  while (!holds()) {
    if (Date.now() > patience) throw new Error(`it did not happen: ${why()}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/**
 * Waits until the server knows that whoever followed has gone, which it hears a while after they did;
 * only then does a greater number of followers mean that somebody new follows.
 */
export async function untilNobodyFollows(announcements: { following: number }): Promise<void> {
  await until(
    () => announcements.following === 0,
    () => 'somebody still follows',
  );
}

/** Waits until somebody follows, where nobody did. */
export async function untilSomebodyFollows(announcements: { following: number }): Promise<void> {
  await until(
    () => announcements.following > 0,
    () => 'nobody follows',
  );
}
