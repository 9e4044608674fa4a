import { checkWebhookUrl } from '../../src/webhooks/webhook-url';

const rules = { maxBytes: 2000, allowPrivate: false };
const codeOf = (url: string, given = rules) => checkWebhookUrl(url, given).refusal?.code ?? null;

describe('the address of an endpoint (S2)', () => {
  it.each([
    'https://hooks.example.in',
    'https://hooks.example.in/mu?shop=1',
    'https://hooks.example.in:443/',
    'https://hooks.example.in:8443/',
    'https://straße.example.in/',
    '  https://hooks.example.in/  ',
  ])('may be %s', (url) => {
    expect(codeOf(url)).toBeNull();
  });

  it.each([
    // Other schemes.
    'http://hooks.example.in/',
    'file:///etc/passwd',
    'ftp://hooks.example.in/',
    'gopher://hooks.example.in/',
    'javascript:alert(1)',
    'data:text/plain,x',
    'unix:/var/run/docker.sock',
    // The loopback and this very host, in all the ways an address can be written.
    'https://127.0.0.1/',
    'https://127.1/',
    'https://0x7f000001/',
    'https://0x7f.0.0.1/',
    'https://2130706433/',
    'https://017700000001/',
    'https://0177.0.0.1/',
    'https://１２７.0.0.1/',
    'https://127。0。0。1/',
    'https://0.0.0.0/',
    'https://0/',
    'https://[::1]/',
    'https://[::]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:7f00:1]/',
    'https://[64:ff9b::7f00:1]/',
    // Private, link-local, metadata, shared, multicast, and public ones too: an endpoint has a name.
    'https://10.0.0.1/',
    'https://172.16.0.1/',
    'https://192.168.1.1/',
    'https://169.254.169.254/latest/meta-data/',
    'https://100.64.0.1/',
    'https://224.0.0.1/',
    'https://[fe80::1]/',
    'https://[fd00:ec2::254]/',
    'https://[fc00::1]/',
    'https://8.8.8.8/',
    // Names that only a network inside knows.
    'https://localhost/',
    'https://LOCALHOST/',
    'https://localhost./',
    'https://hooks.example.in./',
    'https://a.localhost/',
    'https://intranet/',
    'https://metadata.google.internal/',
    'https://printer.local/',
    'https://router.home.arpa/',
    'https://db.corp/',
    // Users, ports, and what is no URL.
    'https://user@hooks.example.in/',
    'https://user:secret@hooks.example.in/',
    'https://hooks.example.in@127.0.0.1/',
    'https://hooks.example.in:22/',
    'https://hooks.example.in:80/',
    'https://hooks.example.in:5432/',
    'https://hooks.example.in:65536/',
    'https://',
    'hooks.example.in',
    '//hooks.example.in/',
    'https:/\\127.0.0.1/',
  ])('is not %s', (url) => {
    expect(codeOf(url)).toBe('INVALID_VALUE');
  });

  it('holds no character that cannot be stored', () => {
    for (const url of ['', ' ', 'https://hooks.example.in/\u0000', 'https://hooks.example.in/\n']) {
      expect(codeOf(url)).toBe('INVALID_TEXT');
    }
  });

  it('is stored as the URL standard writes it, without a fragment', () => {
    const checked = checkWebhookUrl('HTTPS://Hooks.Example.IN:443/a/../b#c', rules);
    expect(checked.value).toBe('https://hooks.example.in/b');
  });

  it('has so many bytes at most, also when it grows as it is written out', () => {
    const url = 'https://hooks.example.in/';
    expect(codeOf(url, { ...rules, maxBytes: url.length })).toBeNull();
    expect(codeOf(`${url}x`, { ...rules, maxBytes: url.length })).toBe('INVALID_TEXT');
    expect(codeOf(`${url}é`, { ...rules, maxBytes: url.length + 2 })).toBe('INVALID_VALUE');
  });

  it('may be anything of HTTP in development that allows it, and of nothing else', () => {
    const development = { ...rules, allowPrivate: true };
    for (const url of ['http://127.0.0.1:9000/hook', 'https://[::1]/', 'http://localhost/']) {
      expect(codeOf(url, development)).toBeNull();
    }
    for (const url of ['file:///etc/passwd', 'http://user@127.0.0.1/']) {
      expect(codeOf(url, development)).toBe('INVALID_VALUE');
    }
  });
});
