import { fetchOf, partnerAt, toyServer, type ToyServer } from '../../support/toy-partner';
import type { Partner } from '../../../src/gateway';

let server: ToyServer | undefined;
let partner: Partner | undefined;

afterEach(async () => {
  await partner?.close();
  await server?.close();
});

/** An answer whose innermost list lies so many levels down. */
function answerOf(levels: number): string {
  const lists = levels - 2;
  return `{"data":{"free":${'['.repeat(lists)}${']'.repeat(lists)}}}`;
}

it('An answer of two hundred levels is read, and one of a level more is a fault', async () => {
  let levels = 200;
  server = await toyServer((request, response) => {
    request.resume();
    response.setHeader('content-type', 'application/json').end(answerOf(levels));
  });
  ({ partner } = partnerAt(server.url));
  await expect(partner.ask(fetchOf('query { free }'))).resolves.toMatchObject({ errors: [] });
  levels = 201;
  await expect(partner.ask(fetchOf('query { free }'))).rejects.toMatchObject({
    reason: 'malformed',
  });
});
