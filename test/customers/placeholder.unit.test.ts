import fc from 'fast-check';
import { isPlaceholder } from '../../src/customers/placeholder';
import { seeded } from '../support/seeded';

describe('identities that stand for nobody', () => {
  it.each([
    'null',
    'NULL',
    ' undefined ',
    'N/A',
    '(null)',
    '[object Object]',
    'none',
    'anonymous',
    'Guest',
    'unknown',
    '0',
    '0000',
    '00000000-0000-0000-0000-000000000000',
    'ffffffff-ffff-ffff-ffff-ffffffffffff',
    'xxxx',
    '-',
    '{{user_id}}',
    '{{ customer.id }}',
    '%%id%%',
    '%user_id%',
    '${userId}',
    '<%= id %>',
    '*|UNIQID|*',
    '[[id]]',
    '{user_id}',
    '<id>',
    'user_id',
    '"null"',
    'not set',
    '1111111111',
  ])('are not taken for an id: %s', (text) => {
    expect(isPlaceholder('EXTERNAL_ID', text)).toBe(true);
    expect(isPlaceholder('DEVICE', text)).toBe(true);
    expect(isPlaceholder('APP', text)).toBe(true);
  });

  it.each([
    'test@test.com',
    'user@example.com',
    'null@shop.in',
    'noreply@shop.in',
    'no-reply@shop.in',
    'none@none.com',
    'asdf@asdf.com',
    'aaaa@a.com',
    '{{email}}@shop.in',
    'undefined@undefined.com',
  ])('are not taken for an address: %s', (text) => {
    expect(isPlaceholder('EMAIL', text)).toBe(true);
  });

  it.each(['+919999999999', '+911234567890', '+910000000000'])('nor for a number: %s', (text) => {
    expect(isPlaceholder('PHONE', text)).toBe(true);
  });
});

describe('identities of people', () => {
  it.each([
    '1',
    '7',
    '42',
    '1111',
    '4444',
    '123456',
    'null-1',
    'A',
    'annul',
    'nullarbor',
    'guest-77',
    'C0000',
    '10000',
    'meera',
    '{6F9619FF-8B86-D011-B42D-00CF4FC964FF}',
    'user_17',
    'id-9',
    '100%',
    'x',
    'Ümit',
    '読者',
  ])('pass as ids: %s', (text) => {
    expect(isPlaceholder('EXTERNAL_ID', text)).toBe(false);
  });

  it.each([
    'meera@example.in',
    'tester@gmail.com',
    'jane@test.com',
    'info@shop.in',
    'a@b.in',
    'nullius@verba.org',
  ])('pass as addresses: %s', (text) => expect(isPlaceholder('EMAIL', text)).toBe(false));

  it('pass whatever their numbers and UUIDs are', () => {
    const ids = fc.oneof(
      fc.uuid({ version: [4, 7] }),
      fc.integer({ min: 1, max: 999_999_999 }).map(String),
      fc
        .tuple(fc.constantFrom('cus', 'user', 'crm', 'P'), fc.nat())
        .map(([kind, n]) => `${kind}-${n}`),
      fc
        .string({
          unit: fc.constantFrom(...'0123456789abcdef'.split('')),
          minLength: 16,
          maxLength: 40,
        })
        .filter((text) => new Set(text).size > 3),
    );
    fc.assert(
      fc.property(ids, (id) => !isPlaceholder('EXTERNAL_ID', id) && !isPlaceholder('DEVICE', id)),
      seeded(500),
    );
  });

  it('pass whatever name stands before the domain of a mail provider', () => {
    const name = fc
      .string({
        unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz0123456789'.split('')),
        minLength: 3,
        maxLength: 12,
      })
      .map((text) => `${text}.k`);
    const domain = fc.constantFrom('gmail.com', 'example.in', 'pageturn.in', 'rediffmail.com');
    fc.assert(
      fc.property(name, domain, (local, at) => !isPlaceholder('EMAIL', `${local}@${at}`)),
      seeded(500),
    );
  });
});
