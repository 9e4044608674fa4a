import {
  ApiKeyMint,
  hashApiKeySecret,
  looksLikeApiKey,
  parseApiKey,
} from '../../../src/platform/auth/api-key';
import { apiKeyId, brandId } from '../../../src/platform/auth/principal-ids';

const uuid = apiKeyId.create();
const mint = new ApiKeyMint('one token secret');
const text = mint.textFor(uuid, mint.hashFor(uuid)) as string;

describe('an API key', () => {
  it('is read back into its id and a secret whose hash is the stored one', () => {
    const parsed = parseApiKey(text);
    expect(parsed?.uuid).toBe(uuid);
    expect(hashApiKeySecret(parsed?.secret ?? '')).toEqual(mint.hashFor(uuid));
  });

  it('carries the id that the graph shows', () => {
    expect(text.slice('ar_'.length, -44)).toBe(apiKeyId.encode(uuid).slice('key_'.length));
  });

  it('has a secret of 32 bytes', () => {
    expect(Buffer.from(parseApiKey(text)?.secret ?? '', 'base64url')).toHaveLength(32);
  });

  it('is the same each time it is made, and another one for another id', () => {
    const again = new ApiKeyMint('one token secret');
    expect(again.textFor(uuid, again.hashFor(uuid))).toBe(text);
    expect(mint.hashFor(apiKeyId.create())).not.toEqual(mint.hashFor(uuid));
  });

  it('cannot be told again after the token secret has changed', () => {
    const stored = mint.hashFor(uuid);
    expect(new ApiKeyMint('another token secret').textFor(uuid, stored)).toBeNull();
  });

  it.each([
    ['nothing', ''],
    ['the marker alone', 'ar_'],
    ['no secret', text.slice(0, -44)],
    ['a secret one character short', text.slice(0, -1)],
    ['a secret one character long', `${text}A`],
    ['a secret with a character outside base64url', `${text.slice(0, -1)}+`],
    ['an id with a capital letter', text.replace(/^ar_./, 'ar_A')],
    ['an id above the largest UUID', text.replace(/^ar_./, 'ar_8')],
    ['another marker', text.replace(/^ar_/, 'br_')],
    ['the id of a brand with its prefix', `ar_${brandId.create()}_${text.slice(-43)}`],
    ['a line break at the end', `${text}\n`],
    ['a line break before', `\n${text}`],
  ])('is not read from %s', (_, credential) => {
    expect(parseApiKey(credential)).toBeNull();
  });

  it('is told from a token by its marker, also when it is malformed', () => {
    expect(looksLikeApiKey(text)).toBe(true);
    expect(looksLikeApiKey('ar_')).toBe(true);
    expect(looksLikeApiKey('eyJhbGciOiJIUzI1NiJ9.e30.x')).toBe(false);
  });
});
