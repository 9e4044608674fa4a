import type { IncomingHttpHeaders } from 'node:http';
import { readBearer } from '../../../src/platform/auth/bearer';

function reading(authorization: unknown): () => string | null {
  return () => readBearer({ authorization } as IncomingHttpHeaders);
}

const refusal: unknown = expect.objectContaining({ code: 'UNAUTHENTICATED', status: 401 });

describe('the Authorization header', () => {
  it('is optional', () => {
    expect(readBearer({})).toBeNull();
  });

  it.each([
    ['Bearer abc', 'abc'],
    ['bearer abc', 'abc'],
    ['BEARER a.b-c_d~e+f/g=', 'a.b-c_d~e+f/g='],
  ])('%j holds a credential', (header, credential) => {
    expect(reading(header)()).toBe(credential);
  });

  it.each([
    '',
    'abc',
    'Bearer',
    'Bearer ',
    'Bearer  abc',
    ' Bearer abc',
    'Bearer abc ',
    'Bearer abc def',
    'Bearer abc, Bearer def',
    'Bearer abc\n',
    'Bearer a\u0000c',
    'Bearer ä',
    'Basic YTpi',
    'Token abc',
    ['Bearer abc', 'Bearer def'],
    [],
  ])('%j is refused', (header) => {
    expect(reading(header)).toThrow(refusal as Error);
  });

  it('is taken up to 4,096 characters and refused above', () => {
    const longest = `Bearer ${'a'.repeat(4096 - 'Bearer '.length)}`;
    expect(reading(longest)()).toHaveLength(4096 - 'Bearer '.length);
    expect(reading(`${longest}a`)).toThrow(refusal as Error);
  });
});
