import * as http from 'node:http';
import * as https from 'node:https';
import type { LookupFunction } from 'node:net';
import { useAgent } from 'request-filtering-agent';
import { readRetryAfter } from './retry-schedule';
import type { WebhookFailure } from './webhook-delivery.type';

/** One request to an endpoint. */
export interface Parcel {
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** How a request is made. */
export interface PostOptions {
  timeoutMs: number;
  /** Any address will do; for development only. */
  allowPrivate: boolean;
  /** Gives the request up. */
  signal?: AbortSignal;
  /** Finds the addresses of names; the system's own unless a test brings another. */
  lookup?: LookupFunction;
}

/** What became of a request; `failure` is null when it was taken. */
export interface Receipt {
  status: number | null;
  failure: WebhookFailure | null;
  retryAfterMs: number | null;
}

/** Of an answer's body nothing is used; what is longer than this is not even read. */
const mostAnswerBytes = 16 * 1024;

/**
 * Posts a parcel on a connection of its own and says what became of it; never throws. Every address
 * the name leads to is judged by the agent at the moment of connecting, so that a name which leads
 * elsewhere by then is refused. Redirects are answers like any other and are not followed.
 */
export function post(parcel: Parcel, options: PostOptions): Promise<Receipt> {
  const { timeoutMs, allowPrivate, lookup } = options;
  const deadline = AbortSignal.timeout(timeoutMs);
  const signal =
    options.signal === undefined ? deadline : AbortSignal.any([deadline, options.signal]);
  const agent = useAgent(parcel.url, {
    allowPrivateIPAddress: allowPrivate,
    allowMetaIPAddress: allowPrivate,
  });
  const request = parcel.url.startsWith('https:') ? https.request : http.request;
  return new Promise((resolve) => {
    const fail = (error: Error): void =>
      resolve({ status: null, failure: failureOf(error), retryAfterMs: null });
    try {
      const sending = request(parcel.url, {
        method: 'POST',
        headers: { ...parcel.headers, 'content-length': Buffer.byteLength(parcel.body) },
        agent,
        signal,
        ...(lookup === undefined ? {} : { lookup }),
      });
      sending.on('error', fail);
      sending.on('response', (response) => {
        sending.off('error', fail).on('error', () => undefined);
        void read(response).then(resolve);
      });
      sending.end(parcel.body);
    } catch (error) {
      fail(error as Error);
    }
  });
}

/** The status decides; the body is thrown away, however much of it comes and however it ends. */
function read(response: http.IncomingMessage): Promise<Receipt> {
  const { statusCode: status = 0, headers } = response;
  const taken = status >= 200 && status < 300;
  const retryAfterMs = readRetryAfter(headers['retry-after'], Date.now());
  const receipt: Receipt = { status, failure: taken ? null : 'STATUS', retryAfterMs };
  return new Promise((resolve) => {
    let bytes = 0;
    response.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > mostAnswerBytes) response.destroy();
    });
    response.on('error', () => undefined);
    response.on('close', () => resolve(receipt));
  });
}

function failureOf(error: Error): WebhookFailure {
  if (error.name === 'AbortError' || error.name === 'TimeoutError') return 'TIMEOUT';
  // The agent's errors have no code.
  return /^DNS lookup .* is not allowed/.test(error.message) ? 'ADDRESS_REFUSED' : 'UNREACHABLE';
}
