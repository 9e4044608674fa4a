import { tokenOf } from '../customers/people';
import { startTestService, type TestBrand, type TestService } from '../support/test-service';
import { balanceOf, claim, codeOf, codesOf, must, person, send } from './friends';

let t: TestService;
let brand: TestBrand;

beforeAll(async () => {
  t = await startTestService();
  brand = await t.createBrand('kaapico', { budget: 10_000 });
  await must(t, brand.apiKey, 'upsert-referral-program', { reserve: 5000, friendMu: 25 });
});
afterAll(() => t.close());

test.each(['the friend', 'who brought them'])(
  'a referral waits while %s has opted out of Mu, and pays both when they are back',
  async (who) => {
    const referrer = await person(t, brand);
    const friend = await person(t, brand);
    const referral = await claim(t, brand, await codeOf(t, brand, referrer), friend);
    const away = who === 'the friend' ? friend : referrer;
    const token = await tokenOf(t, brand, { id: away.id });
    await must(t, token, 'opt-out-of-mu');
    expect(codesOf(await send(t, brand.apiKey, 'activate-referral', { id: referral }))).toEqual([
      'CUSTOMER_OPTED_OUT',
    ]);
    await must(t, token, 'opt-in-to-mu');
    await must(t, brand.apiKey, 'activate-referral', { id: referral });
    expect([await balanceOf(t, brand, referrer), await balanceOf(t, brand, friend)]).toEqual([
      100, 25,
    ]);
  },
);
