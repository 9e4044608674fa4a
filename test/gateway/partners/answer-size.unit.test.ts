import type { Partner } from '../../../src/gateway';
import { fetchOf, partnerAt, toyServer, type ToyServer } from '../../support/toy-partner';

const most = 1000;
let body = '';
let server: ToyServer;
let partner: Partner;

beforeEach(async () => {
  server = await toyServer((_, response) => {
    response.setHeader('content-type', 'application/json');
    // In parts, so that nothing says beforehand how large it is.
    response.write(body.slice(0, 10));
    response.end(body.slice(10));
  });
  ({ partner } = partnerAt(server.url, { subgraphBytes: most }));
});

afterEach(async () => {
  await partner.close();
  await server.close();
});

const ofBytes = (bytes: number) => {
  const empty = JSON.stringify({ data: { é: '' } });
  return JSON.stringify({ data: { é: 'x'.repeat(bytes - Buffer.byteLength(empty)) } });
};

it('An answer of as many bytes as are allowed is read', async () => {
  body = ofBytes(most);
  expect(Buffer.byteLength(body)).toBe(most);
  await expect(partner.ask(fetchOf('query { a }'))).resolves.toMatchObject({ errors: [] });
});

it('An answer of one byte more is a fault', async () => {
  body = ofBytes(most + 1);
  await expect(partner.ask(fetchOf('query { a }'))).rejects.toMatchObject({ reason: 'too-large' });
});

it('An endless answer is left after as many bytes as are allowed', async () => {
  let sent = 0;
  const endless = await toyServer((_, response) => {
    response.setHeader('content-type', 'application/json');
    const chunk = Buffer.alloc(64 * 1024, ' ');
    const more = (): void => {
      if (response.destroyed) return;
      sent += chunk.length;
      response.write(chunk, more);
    };
    more();
  });
  const cap = 5 * 1024 * 1024;
  const made = partnerAt(endless.url, { subgraphBytes: cap });
  await expect(made.partner.ask(fetchOf('query { a }'))).rejects.toMatchObject({
    reason: 'too-large',
  });
  expect(made.report.requests[0]!.bytes).toBeLessThan(cap + 1024 * 1024);
  await made.partner.close();
  await endless.close();
  // What is on its way in the sockets' buffers, and no more.
  expect(sent).toBeLessThan(cap + 16 * 1024 * 1024);
});
