import { startTestService, type TestBrand, type TestService } from '../support/test-service';
import { claim, codeOf, codesOf, must, person, send } from './friends';

let t: TestService;
let brand: TestBrand;

beforeAll(async () => {
  t = await startTestService();
  brand = await t.createBrand('kaapico', { budget: 1_000_000 });
  await must(t, brand.apiKey, 'upsert-referral-program', { reserve: 100_000, friendMu: 25 });
});

afterAll(() => t.close());

describe('a claim is refused', () => {
  const tryClaim = async (code: string, friend: { id: string }, input = {}) =>
    codesOf(
      await send(t, brand.apiKey, 'claim-referral', { code, friend: { id: friend.id }, ...input }),
    );

  test('for the referrer themselves, and for two who brought each other', async () => {
    const nisha = await person(t, brand);
    const ira = await person(t, brand);
    const code = await codeOf(t, brand, nisha);
    expect(await tryClaim(code, nisha)).toEqual(['SELF_REFERRAL']);
    await claim(t, brand, code, ira);
    expect(await tryClaim(await codeOf(t, brand, ira), nisha)).toEqual(['SELF_REFERRAL']);
  });

  test('for another address of the same mailbox', async () => {
    const nisha = await person(t, brand, { email: 'nisha.rao@gmail.com' });
    const code = await codeOf(t, brand, nisha);
    const twin = await person(t, brand, { email: 'nisharao+coffee@gmail.com' });
    expect(await tryClaim(code, twin)).toEqual(['SELF_REFERRAL']);
    const om = await person(t, brand, { email: 'om@example.in' });
    const plus = await person(t, brand, { email: 'om+2@example.in' });
    expect(await tryClaim(await codeOf(t, brand, om), plus)).toEqual(['SELF_REFERRAL']);
    const dots = await person(t, brand, { email: 'o.m@example.in' });
    expect(await tryClaim(await codeOf(t, brand, om), dots)).toEqual([]);
  });

  test('for the device on which the referrer made a link or came themselves', async () => {
    const nisha = await person(t, brand);
    const code = await codeOf(t, brand, nisha, { deviceHash: 'device-1' });
    const ira = await person(t, brand);
    expect(await tryClaim(code, ira, { deviceHash: 'device-1' })).toEqual(['SHARED_DEVICE']);
    expect(await tryClaim(code, ira, { deviceHash: 'device-2' })).toEqual([]);
    const codeOfIra = await codeOf(t, brand, ira);
    const third = await person(t, brand);
    expect(await tryClaim(codeOfIra, third, { deviceHash: 'device-2' })).toEqual(['SHARED_DEVICE']);
    expect(await tryClaim(codeOfIra, third, { deviceHash: 'device-3' })).toEqual([]);
    const kept = await t.database.query(
      `SELECT FROM referral_devices WHERE convert_from(device, 'LATIN1') LIKE '%device%'`,
    );
    expect(kept).toEqual([]);
  });

  test('for a friend who came before, a minor, and a code nobody has', async () => {
    const nisha = await person(t, brand);
    const code = await codeOf(t, brand, nisha);
    const ira = await person(t, brand);
    await claim(t, brand, code, ira);
    expect(await tryClaim(code, ira)).toEqual(['ALREADY_REFERRED']);
    const child = await person(t, brand, { traits: { minor: true } });
    expect(await tryClaim(code, child)).toEqual(['MINOR']);
    const grown = await person(t, brand, { traits: { minor: false } });
    expect(await tryClaim(code, grown)).toEqual([]);
    for (const nobodys of ['', '0'.repeat(16), code.toUpperCase() + '\u0000', `${code} `]) {
      expect(await tryClaim(nobodys, await person(t, brand))).toEqual(['NOT_FOUND']);
    }
  });
});
