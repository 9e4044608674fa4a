import type { Pool } from 'undici';
import type { SubgraphAnswer } from '../subgraph';
import { fault, type FaultReason } from './fault';
import { readAnswer } from './read-answer';
import { Reception, type Course, type ResponseHeaders } from './reception';
import { parseJson } from './safe-json';

/** An operation on its way to a partner. */
export interface Outgoing {
  path: string;
  headers: Record<string, string>;
  body: string;
}

export interface ExchangeParts {
  subgraph: string;
  pool: Pool;
  /** The most bytes of a body. */
  most: number;
}

/** A response that a GraphQL answer was in: the text, and what it was read as. */
export interface Received {
  text: string;
  answer: SubgraphAnswer;
}

const acceptedTypes = /^application\/(?:graphql-response\+json|json)\s*(?:;|$)/i;

/** Statuses of a proxy that could not reach the partner. */
const busy = [502, 503, 504];

/**
 * Sends one HTTP request and reads its answer. Redirects are not followed: what we send is meant for
 * the partner alone. Throws SubgraphError, or what undici throws.
 */
export async function exchange(
  { subgraph, pool, most }: ExchangeParts,
  { path, headers, body }: Outgoing,
  signal: AbortSignal,
  course: Course,
): Promise<Received> {
  const refuse = (status: number, sent: ResponseHeaders) => refusalOf(status, sent, most);
  const reception = new Reception({ subgraph, most, signal, course, refuse });
  pool.dispatch(
    {
      method: 'POST',
      path,
      headers: {
        ...headers,
        accept: 'application/graphql-response+json, application/json',
        'accept-encoding': 'identity',
        'content-type': 'application/json',
      },
      body,
    },
    reception,
  );
  const text = await reception.text;
  return { text, answer: answerIn(subgraph, text) };
}

/** Why the body need not be read, or null. A refusal by 4xx may be GraphQL, and is read as such. */
function refusalOf(
  status: number,
  { type, length }: ResponseHeaders,
  most: number,
): FaultReason | null {
  if (busy.includes(status)) return 'busy';
  const answers = (status >= 200 && status < 300) || (status >= 400 && status < 500);
  if (!answers) return 'status';
  if (!acceptedTypes.test(type)) return status < 300 ? 'content-type' : 'status';
  return length > most ? 'too-large' : null;
}

/** Reads the text of an answer. Throws SubgraphError. */
export function answerIn(subgraph: string, text: string): SubgraphAnswer {
  return readAnswer(subgraph, jsonIn(subgraph, text));
}

function jsonIn(subgraph: string, text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    throw fault(subgraph, 'malformed');
  }
}
