import { z } from 'zod';
import { ownHeaders } from '../own-headers';
import { ownSubgraph } from '../supergraph';

const address = (...schemes: string[]) =>
  z.string().refine(
    (text) => {
      if (!URL.canParse(text)) return false;
      const { protocol, username, password, hash } = new URL(text);
      return schemes.includes(protocol) && username === '' && password === '' && hash === '';
    },
    `must be an address that begins with ${schemes.map((one) => `${one}//`).join(' or ')}, without a login or a fragment`,
  );

const web = address('http:', 'https:');

const headerName = z
  .string()
  .regex(/^[!#$%&'*+.^`|~\w-]+$/, 'is no name of a header')
  .transform((name) => name.toLowerCase());

/** Ours to set only, whoever asks for it; a partner's own router secret may be set, not passed on. */
const settable = headerName.refine(
  (name) => !ownHeaders.has(name) || name === 'x-router-secret',
  'is set by the gateway itself',
);

const forwardable = headerName.refine(
  (name) => !ownHeaders.has(name),
  'is never passed on from a client',
);

const headerValue = z.string().regex(/^[\t\x20-\x7e\x80-\xff]*$/, 'is no value of a header');
const headers = z.record(settable, headerValue).default({});

const schemaSource = z
  .strictObject({
    file: z.string().min(1).optional(),
    sdl: z.string().min(1).optional(),
    subgraph_url: web.optional(),
    introspection_headers: z.record(headerName, headerValue).optional(),
  })
  .refine(
    ({ file, sdl, subgraph_url: url }) =>
      [file, sdl, url].filter((one) => one !== undefined).length === 1,
    'needs one of file, subgraph_url and sdl',
  )
  .refine(
    ({ introspection_headers: sent, subgraph_url: url }) => sent === undefined || url !== undefined,
    'has introspection_headers, which go to a subgraph_url only',
  );

const subgraph = z.strictObject({
  routing_url: web.optional(),
  schema: schemaSource.optional(),
  headers,
  forward: z.array(forwardable).default([]),
  timeout: z.number().int().min(1).max(600_000).optional(),
  subscription: z
    .strictObject({
      protocol: z.enum(['sse', 'ws']),
      url: address('http:', 'https:', 'ws:', 'wss:').optional(),
    })
    .refine(
      ({ protocol, url }) => protocol === 'ws' || !(url ?? '').startsWith('ws'),
      'of the protocol sse goes to an http address',
    )
    .optional(),
});

const subgraphName = z
  .string()
  .regex(
    /^[A-Za-z][\w-]{0,63}$/,
    'must be a letter and at most 63 letters, digits, - or _ after it',
  );

const tags = z.array(z.string().min(1)).min(1).optional();

const contract = z
  .strictObject({ exclude: tags, include: tags })
  .refine(
    ({ exclude, include }) => exclude !== undefined || include !== undefined,
    'needs exclude or include',
  );

/** supergraph.yaml as it is written. What it says of our own subgraph is not looked at. */
export const configSchema = z.strictObject({
  federation_version: z
    .union([z.string().regex(/^=?v?2(\.\d+)*$/), z.literal(2)], 'must be a version of federation 2')
    .optional(),
  subgraphs: z.preprocess(withoutOurs, z.record(subgraphName, subgraph)).default({}),
  policies: z.record(z.string(), z.array(z.array(z.string().min(1)).min(1))).default({}),
  contracts: z.record(subgraphName, contract).default({}),
});

export type SubgraphEntry = z.infer<typeof subgraph>;

function withoutOurs(subgraphs: unknown): unknown {
  if (typeof subgraphs !== 'object' || subgraphs === null || Array.isArray(subgraphs)) {
    return subgraphs;
  }
  return Object.fromEntries(Object.entries(subgraphs).filter(([name]) => name !== ownSubgraph));
}
