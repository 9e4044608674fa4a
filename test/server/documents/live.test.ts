import type { GraphQLFormattedError } from 'graphql';
import { createHttpServer, type HttpServer } from '../../../src/server/http';
import {
  listen,
  until,
  untilNobodyFollows,
  type Carrier,
  type Listener,
} from '../../live/listener';
import { startTestService, type TestBrand, type TestService } from '../../support/test-service';
import { apolloManifest, byHash, manifestFile, me, sha } from './scene';

const followed = 'subscription Followed { walletChanged { kind amount } }';
const other = 'subscription Other { walletChanged { amount } }';

describe.each<Carrier>(['WebSocket', 'server-sent events'])(
  'with a safelist, over %s',
  (carrier) => {
    let t: TestService;
    let server: HttpServer;
    let url: string;
    let brand: TestBrand;
    const open: Listener[] = [];

    beforeAll(async () => {
      t = await startTestService();
      brand = await t.createBrand('brand-a', { budget: 100 });
      const { config } = t.service;
      config.port = 0;
      config.persistedOperations = manifestFile(apolloManifest(followed));
      config.safelist = true;
      server = await createHttpServer(t.service);
      url = (await server.listen()).url;
    });
    afterAll(async () => {
      for (const listener of open) listener.stop();
      await server.close();
      await t.close();
    });

    const follow = (query: string, beside: Record<string, unknown> = {}): Listener => {
      const listener = listen(carrier, {
        url: `${url}/graphql`,
        bearer: brand.apiKey,
        query,
        beside,
      });
      open.push(listener);
      return listener;
    };

    /** The code of the first error that a message is answered with. */
    const refusalOf = async (query: string, beside: Record<string, unknown>): Promise<unknown> => {
      if (carrier === 'WebSocket') {
        const errors = (await follow(query, beside).end()) as GraphQLFormattedError[];
        return errors[0]?.extensions?.['code'];
      }
      const headers = {
        accept: 'text/event-stream',
        'content-type': 'application/json',
        authorization: `Bearer ${brand.apiKey}`,
      };
      const body = JSON.stringify({ query, ...beside });
      const answer = await fetch(`${url}/graphql`, { method: 'POST', headers, body });
      const { errors } = (await answer.json()) as { errors: GraphQLFormattedError[] };
      return errors[0]?.extensions?.['code'];
    };

    it.each<[string, string, Record<string, unknown>]>([
      ['its id', '', { documentId: sha(followed) }],
      ['its hash', '', byHash(sha(followed))],
      ['its text, spaced otherwise', followed.replaceAll(' ', '\n  '), {}],
    ])('a subscription of the manifest begins by %s', async (_what, query, beside) => {
      await untilNobodyFollows(t.service.announcements);
      const listener = follow(query, beside);
      const { announcements } = t.service;
      await until(
        () => announcements.following > 0 || listener.ended !== undefined,
        () => 'it neither began nor ended',
      );
      expect(listener.ended).toBeUndefined();
      listener.stop();
    });

    it.each<[string, string, Record<string, unknown>]>([
      ['DOCUMENT_NOT_TRUSTED', other, {}],
      ['DOCUMENT_NOT_TRUSTED', me, {}],
      ['PERSISTED_DOCUMENT_NOT_FOUND', '', { documentId: sha(other) }],
      ['PERSISTED_QUERY_NOT_FOUND', '', byHash(sha(other))],
      ['PERSISTED_QUERY_HASH_MISMATCH', other, byHash(sha(followed))],
      ['BAD_REQUEST', other, { documentId: sha(followed) }],
    ])('%s answers %j beside %j', async (code, query, beside) => {
      expect(await refusalOf(query, beside)).toBe(code);
    });
  },
);
