import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Wave } from './wave';

/** One request of a crowd, and the status it is due. */
export interface Asked {
  bearer: string;
  body: object;
  status: number;
}

const operation = (name: string): string =>
  readFileSync(join(__dirname, '../../schema/operations', `${name}.graphql`), 'utf8');
const view = operation('customer-view');
const visit = operation('record-attention');
const visits = operation('record-attention-batch');
const identify = operation('identify-customer');
const token = operation('create-customer-token');

type Kind = (wave: Wave, bearer: string, externalId: string) => Asked;

const served = (bearer: string, query: string, variables: object): Asked => ({
  bearer,
  body: { query, variables },
  status: 200,
});

function visitOf(externalId: string): object {
  const idempotencyKey = randomUUID();
  return { customer: { externalId }, action: 'VISIT', channel: 'WEB', idempotencyKey };
}

const viewed: Kind = (_, bearer, externalId) => served(bearer, view, { by: { externalId } });
const visited: Kind = (_, bearer, externalId) =>
  served(bearer, visit, { input: visitOf(externalId) });

const batched: Kind = (_, bearer, externalId) => {
  const events = Array.from({ length: 20 }, () => visitOf(externalId));
  return served(bearer, visits, { input: { events } });
};

const newcomer: Kind = (_, bearer) => {
  const [externalId, idempotencyKey] = [`new-${randomUUID()}`, randomUUID()];
  return served(bearer, identify, { input: { externalId, idempotencyKey } });
};

const tokenMade: Kind = (_, bearer, externalId) =>
  served(bearer, token, {
    input: { customer: { externalId }, ttlSeconds: 60, idempotencyKey: randomUUID() },
  });

/** A document nobody has sent before and nobody will again. */
const unique: Kind = (_, bearer, externalId) => {
  const name = `only${randomUUID().replaceAll('-', '')}`;
  const query = `query ${name}($by: CustomerBy!) { ${name}: customer(by: $by) { id wallet { balance } } }`;
  return served(bearer, query, { by: { externalId } });
};

const refused: Kind = (_, bearer) => ({ bearer, body: { query: '{ nothing }' }, status: 400 });
const stranger: Kind = () => ({
  bearer: `nobody-${randomUUID()}`,
  body: { query: '{ me { id } }' },
  status: 401,
});

/** Kinds in turn: two visits for each view. */
const plain: readonly Kind[] = [visited, visited, viewed];

/** The same with all that fills memories: batches, newcomers, tokens, documents and callers seen once, refusals. */
const motley: readonly Kind[] = [
  ...[visited, visited, viewed, visited, visited, viewed],
  ...[batched, newcomer, tokenMade, unique, unique, refused, stranger],
];

/** The nth request of a wave. */
export function requestOf(wave: Wave, nth: number): Asked {
  const kinds = wave.motley === true ? motley : plain;
  const kind = kinds[nth % kinds.length] as Kind;
  const bearer = wave.apiKeys[nth % wave.apiKeys.length] as string;
  const person = Math.floor(Math.random() * wave.customers.length);
  return kind(wave, bearer, wave.customers[person] as string);
}
