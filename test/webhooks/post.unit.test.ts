import type { LookupFunction } from 'node:net';
import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { post, type PostOptions, type Receipt } from '../../src/webhooks/post';

let server: Server;
let port: number;
let connections = 0;

/** Counts who comes and says nothing. */
beforeAll(async () => {
  server = createServer((socket) => {
    connections += 1;
    socket.on('error', () => undefined);
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => (connections = 0));

/** A name server that answers what the test says, one list of addresses a question. */
function namesLeadTo(...answers: string[][]): LookupFunction & { asked: number } {
  const lookup = ((_host, options, callback) => {
    const list = answers[Math.min(lookup.asked, answers.length - 1)] as string[];
    lookup.asked += 1;
    const addresses = list.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    const first = addresses[0] as { address: string; family: number };
    if (options.all === true) callback(null, addresses);
    else callback(null, first.address, first.family);
  }) as LookupFunction & { asked: number };
  lookup.asked = 0;
  return lookup;
}

function send(url: string, options: Partial<PostOptions> = {}): Promise<Receipt> {
  const parcel = { url, headers: { 'content-type': 'application/json' }, body: '{}' };
  return post(parcel, { timeoutMs: 5000, allowPrivate: false, ...options });
}

const refusal = { status: null, failure: 'ADDRESS_REFUSED', retryAfterMs: null };

describe('a request (S2)', () => {
  it.each([
    '127.0.0.1',
    '127.8.8.8',
    '0.0.0.0',
    '10.0.0.1',
    '172.31.255.255',
    '192.168.0.1',
    '169.254.169.254',
    '100.64.0.1',
    '192.0.0.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    'fe80::1',
    'fc00::1',
    'fd00:ec2::254',
    'ff02::1',
  ])('is not made to a name that leads to %s', async (address) => {
    const lookup = namesLeadTo([address]);
    expect(await send(`https://hooks.example.in:${port}/`, { lookup })).toEqual(refusal);
    expect(lookup.asked).toBe(1);
    expect(connections).toBe(0);
  });

  it('is not made when one address of many is not public', async () => {
    const lookup = namesLeadTo(['93.184.215.14', '127.0.0.1']);
    expect(await send(`https://hooks.example.in:${port}/`, { lookup })).toEqual(refusal);
    expect(connections).toBe(0);
  });

  it('asks for the address anew each time, so that a name that leads elsewhere then is refused', async () => {
    // Nobody is at the first address; it stands for a public one that was there when it was judged.
    const lookup = namesLeadTo(['203.0.113.1'], ['127.0.0.1']);
    const url = `https://hooks.example.in:${port}/`;
    await send(url, { lookup, timeoutMs: 50 });
    expect(await send(url, { lookup })).toEqual(refusal);
    expect(lookup.asked).toBe(2);
    expect(connections).toBe(0);
  });

  it.each(['https://127.0.0.1', 'http://127.0.0.1', 'https://[::1]', 'http://[::ffff:7f00:1]'])(
    'is not made to the address %s itself, should one ever be stored',
    async (origin) => {
      expect(await send(`${origin}:${port}/`)).toEqual(refusal);
      expect(connections).toBe(0);
    },
  );

  it('reaches the same server where private addresses are allowed', async () => {
    const lookup = namesLeadTo(['127.0.0.1']);
    const receipt = await send(`http://hooks.example.in:${port}/`, { lookup, allowPrivate: true });
    expect(receipt).toEqual({ status: null, failure: 'UNREACHABLE', retryAfterMs: null });
    expect(connections).toBe(1);
  });

  it('says that there is no such name, and does not throw', async () => {
    const lookup: LookupFunction = (_host, _options, callback) =>
      callback(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }), '', 4);
    expect((await send('https://nowhere.example.in/', { lookup })).failure).toBe('UNREACHABLE');
  });

  it('takes a server without a valid certificate for none', async () => {
    const lookup = namesLeadTo(['127.0.0.1']);
    const receipt = await send(`https://hooks.example.in:${port}/`, { lookup, allowPrivate: true });
    expect(receipt.failure).toBe('UNREACHABLE');
    expect(connections).toBe(1);
  });
});
