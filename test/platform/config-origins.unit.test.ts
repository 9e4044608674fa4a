import { loadConfig } from '../../src/platform/config';

describe('CORS_ORIGINS', () => {
  it('is a list by commas, empty by default', () => {
    expect(loadConfig({}).corsOrigins).toEqual([]);
    const list = 'https://shop.example, http://localhost:3000,';
    expect(loadConfig({ CORS_ORIGINS: list }).corsOrigins).toEqual([
      'https://shop.example',
      'http://localhost:3000',
    ]);
  });

  it.each([
    '*',
    'null',
    'shop.example',
    'https://shop.example/',
    'https://a.example/path',
    'ftp://a',
  ])('refuses %s, which no browser sends as an origin to trust', (origin) => {
    expect(() => loadConfig({ CORS_ORIGINS: origin })).toThrow('CORS_ORIGINS: must be origins');
  });
});
