import { createCanvas, loadImage } from '@napi-rs/canvas';
import { footerSize } from '../../../src/message-view/footer-image';
import { identify } from '../../customers/people';
import { does } from '../../message-view/mail';
import { browser, imageProxy, sender, startMailed, type Mailed } from './mail';

let m: Mailed;
beforeAll(async () => (m = await startMailed()));
afterAll(() => m.t.close());

async function grown(work: () => Promise<unknown>): Promise<number> {
  const before = await m.balance();
  await work();
  return (await m.balance()) - before;
}

describe('the pixel', () => {
  test('is one picture that nobody keeps, and records one open', async () => {
    const { pixel, messageId } = await m.mail();
    const mu = await grown(async () => {
      const answer = await m.get(pixel);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toBe('image/gif');
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.text.slice(0, 6)).toBe('GIF89a');
      await m.get(pixel);
    });
    expect(mu).toBe(1);
    expect(await m.events(messageId)).toEqual([
      {
        action: 'OPEN',
        machine: false,
        confidence: 50,
        duplicate: false,
        channel: 'EMAIL',
        properties: null,
      },
    ]);
  });

  test('fetched by a machine pays nothing, and takes nothing from the reader who comes later', async () => {
    const { pixel, messageId } = await m.mail();
    expect(await grown(() => m.get(pixel, imageProxy))).toBe(0);
    expect(await m.events(messageId)).toMatchObject([{ machine: true, confidence: 0 }]);
    expect(await grown(() => m.get(pixel, browser))).toBe(1);
    expect(await grown(() => m.get(pixel, 'Another reader/1.0 (Android)'))).toBe(0);
    expect(await m.events(messageId)).toHaveLength(2);
  });

  test('asked for by HEAD records nothing', async () => {
    const { pixel, messageId } = await m.mail();
    const answer = await m.get(pixel, browser, { method: 'HEAD' });
    expect([answer.status, answer.text]).toEqual([200, '']);
    expect(answer.headers.get('content-type')).toBe('image/gif');
    expect(await m.events(messageId)).toEqual([]);
  });

  test('of a message that is no mail proves nothing more', async () => {
    const { pixel, messageId } = await m.mail({ channel: 'IN_APP' });
    await m.get(pixel);
    expect(await m.events(messageId)).toMatchObject([{ confidence: 50 }]);
  });
});

describe('the footer', () => {
  const pixels = async (path: string): Promise<{ width: number; height: number; data: Buffer }> => {
    const response = await fetch(`${m.t.url}${path}`, { headers: { 'user-agent': browser } });
    expect(response.headers.get('content-type')).toBe('image/png');
    expect(response.headers.get('cache-control')).toBe('no-store');
    const image = await loadImage(Buffer.from(await response.arrayBuffer()));
    const pen = createCanvas(image.width, image.height).getContext('2d');
    pen.drawImage(image, 0, 0);
    const { data } = pen.getImageData(0, 0, image.width, image.height);
    return { width: image.width, height: image.height, data: Buffer.from(data) };
  };

  test('is drawn at twice the size it is shown at, and anew when the balance changes', async () => {
    const { footer } = await m.mail();
    const first = await pixels(footer);
    expect({ width: first.width, height: first.height }).toEqual(footerSize);
    expect((await pixels(footer)).data.equals(first.data)).toBe(true);
    await does(m.t, m.brand, 'upsertEarnRule', { name: 'visit', action: 'VISIT', amount: 7 });
    const visit = { customer: { externalId: 'asha' }, action: 'VISIT' };
    await does(m.t, m.brand, 'recordAttention', visit);
    expect((await pixels(footer)).data.equals(first.data)).toBe(false);
  });

  test('has its own background, light or dark', async () => {
    const { footer } = await m.mail();
    const behind = (image: { width: number; data: Buffer }) => {
      const at = (48 * image.width + 360) * 4;
      return [...image.data.subarray(at, at + 4)];
    };
    expect(behind(await pixels(footer))).toEqual([255, 255, 255, 255]);
    expect(behind(await pixels(`${footer}?theme=dark`))).toEqual([27, 30, 39, 255]);
    expect(behind(await pixels(`${footer}?theme=purple`))).toEqual([255, 255, 255, 255]);
  });

  test('is the same open as the pixel, and its count has it already', async () => {
    const { footer, pixel, messageId } = await m.mail();
    const mu = await grown(async () => {
      await m.get(footer);
      await m.get(pixel);
    });
    expect(mu).toBe(1);
    expect(await m.events(messageId)).toHaveLength(1);
  });
});

describe('a link', () => {
  test('records the click and leads where it was signed to lead', async () => {
    const { click, messageId } = await m.mail();
    const mu = await grown(async () => {
      const answer = await m.get(click);
      expect(answer.status).toBe(302);
      expect(answer.headers.get('location')).toBe('https://shop.example/offer?id=1');
      expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
      await m.get(click);
    });
    expect(mu).toBe(2);
    expect(await m.events(messageId)).toMatchObject([
      { action: 'CLICK', confidence: 100, properties: { url: 'https://shop.example/offer' } },
    ]);
  });

  test('proves the open, which is paid with it', async () => {
    const { click, pixel } = await m.mail();
    expect(await grown(() => m.get(pixel, imageProxy))).toBe(0);
    expect(await grown(() => m.get(click))).toBe(1 + 2);
  });

  test('followed by a scanner, or looked at by HEAD, pays nothing', async () => {
    const { click, messageId } = await m.mail();
    const pays = await grown(async () => {
      const head = await m.get(click, browser, { method: 'HEAD' });
      expect([head.status, head.headers.get('location')]).toEqual([
        302,
        'https://shop.example/offer?id=1',
      ]);
      expect((await m.get(click, 'Mimecast link scanner')).status).toBe(302);
    });
    expect(pays).toBe(0);
    expect(await m.events(messageId)).toMatchObject([{ machine: true, confidence: 0 }]);
  });

  test('leads nowhere once the brand has taken its origin off the list', async () => {
    const { click, messageId } = await m.mail();
    const settle = (linkOrigins: string[]) => does(m.t, m.brand, 'updateBrand', { linkOrigins });
    await settle(['https://other.example']);
    const answer = await m.get(click);
    expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
    expect(await m.events(messageId)).toEqual([]);
    await settle(['https://shop.example']);
    expect((await m.get(click)).status).toBe(302);
  });
});

describe('a form', () => {
  test('is recorded with its fields, paid at once, and answered to the mail', async () => {
    const { form, messageId } = await m.mail();
    const before = await m.balance();
    const answer = await m.post(form, { q1: 'beach', q2: 'ja, gern', 'q 3': 'µ' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('amp-email-allow-sender')).toBe(sender);
    expect(answer.json).toEqual({ balance: before + 10, granted: 10, state: 'ACTIVATE' });
    expect(await m.events(messageId)).toMatchObject([
      { action: 'SURVEY', properties: { q1: 'beach', q2: 'ja, gern', 'q 3': 'µ' } },
    ]);
  });

  test('posted again answers the same; with other answers it is another event that pays nothing', async () => {
    const { form, messageId } = await m.mail();
    const first = await m.post(form, { q1: 'beach' });
    expect((await m.post(form, { q1: 'beach' })).json).toEqual(first.json);
    const other = await m.post(form, { q1: 'hills' });
    expect(other.json).toEqual({ ...first.json, granted: 0 });
    expect(await m.events(messageId)).toMatchObject([{ duplicate: false }, { duplicate: true }]);
  });

  test('of an older mail client names its page and the sender', async () => {
    const { form } = await m.mail();
    const path = `${form}?__amp_source_origin=${encodeURIComponent(sender)}`;
    const origin = 'https://mail.google.com';
    const { status, headers } = await m.post(path, { q: '1' }, { origin });
    expect(status).toBe(200);
    expect(headers.get('access-control-allow-origin')).toBe(origin);
    expect(headers.get('amp-access-control-allow-source-origin')).toBe(sender);
    expect(headers.get('access-control-expose-headers')).toBe(
      'AMP-Access-Control-Allow-Source-Origin',
    );
  });

  test('keeps a field that comes several times as a list', async () => {
    const { form, messageId } = await m.mail();
    const body = 'colour=red&colour=blue&size=';
    const type = 'application/x-www-form-urlencoded';
    const headers = { 'content-type': type, 'amp-email-sender': sender };
    await m.t.fetch(form, { method: 'POST', body, headers });
    expect(await m.events(messageId)).toMatchObject([
      { properties: { colour: ['red', 'blue'], size: '' } },
    ]);
  });

  test('with fields that cannot be stored is refused and records nothing', async () => {
    const { form, messageId } = await m.mail();
    const fields = Object.fromEntries(Array.from({ length: 65 }, (_, at) => [`f${at}`, 'x']));
    for (const wrong of [fields, { constructor: 'x' }, { ['__proto__']: 'x' }, { a: '\0' }]) {
      const answer = await m.post(form, wrong);
      expect([answer.status, answer.codes]).toEqual([400, ['BAD_REQUEST']]);
      expect(answer.headers.get('amp-email-allow-sender')).toBe(sender);
    }
    expect(await m.events(messageId)).toEqual([]);
  });
});

describe('a mail whose offer has ended', () => {
  test('still counts, leads on and is answered, and pays nothing', async () => {
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const links = await m.mail({ expiresAt });
    m.t.clock.offsetMs = 2 * 86_400_000;
    const mu = await grown(async () => {
      await m.get(links.pixel);
      expect((await m.get(links.click)).status).toBe(302);
      expect((await m.post(links.form, { q: '1' })).json).toMatchObject({ granted: 0 });
    });
    m.t.clock.offsetMs = 0;
    expect(mu).toBe(0);
    expect(await m.events(links.messageId)).toHaveLength(3);
  });

  test('is dead when its grace is over', async () => {
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const links = await m.mail({ expiresAt });
    const { linkGraceDays } = m.t.service.config.limits;
    m.t.clock.offsetMs = linkGraceDays * 86_400_000;
    expect((await m.get(links.click)).status).toBe(302);
    m.t.clock.offsetMs += 2 * 3_600_000;
    expect((await m.get(links.click)).status).toBe(400);
    m.t.clock.offsetMs = 0;
  });
});

test('the footer counts the whole wallet only for a brand that may see it', async () => {
  const { footer } = await m.mail();
  const share = await m.get(footer);
  const other = await m.t.createBrand('another', { budget: 1000 });
  await identify(m.t, other, { externalId: 'asha', email: 'asha@example.in' });
  await does(m.t, other, 'upsertEarnRule', { name: 'visit', action: 'VISIT', amount: 500 });
  await does(m.t, other, 'recordAttention', {
    customer: { externalId: 'asha' },
    action: 'VISIT',
  });
  expect((await m.get(footer)).text).toBe(share.text);
  const consents = [{ purpose: 'BALANCE_VISIBLE', granted: true }];
  await identify(m.t, m.brand, { externalId: 'asha', consents });
  expect((await m.get(footer)).text).not.toBe(share.text);
});

test('who opts out is shown no count any more, is recorded, and is paid nothing', async () => {
  const links = await m.mail();
  await does(m.t, m.brand, 'optOutOfMu', { customer: { externalId: 'asha' } });
  const blank = await m.get('/f/nonsense.png');
  expect((await m.get(links.footer)).text).toBe(blank.text);
  expect((await m.get(links.click)).status).toBe(302);
  expect((await m.post(links.form, { q: '1' })).json).toEqual({
    balance: 0,
    granted: 0,
    state: 'OPTED_OUT',
  });
  expect(await m.events(links.messageId)).toHaveLength(3);
});
