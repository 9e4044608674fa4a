import { pino } from 'pino';
import { sender, startMailed, type Mailed } from './mail';

const form = { 'content-type': 'application/x-www-form-urlencoded', 'amp-email-sender': sender };

/** Asks so many times at once, before a bucket has filled up again, and answers the statuses in order. */
async function ask(times: number, once: () => Promise<{ status: number }>): Promise<number[]> {
  const answers = await Promise.all(Array.from({ length: times }, once));
  return answers.map(({ status }) => status).sort();
}

describe('one link', () => {
  let m: Mailed;
  beforeAll(async () => {
    const edgeToken = { edgeTokenBucket: 4, edgeTokenBucketPerSecond: 1 };
    m = await startMailed({ limits: { ...edgeToken, formBytes: 100 } });
  });
  afterAll(() => m.t.close());

  test('may be used as often as its bucket holds, and no other link suffers', async () => {
    const [mail, other] = [await m.mail(), await m.mail()];
    expect(await ask(5, () => m.get(mail.footer))).toEqual([200, 200, 200, 200, 429]);
    expect(await ask(5, () => m.get(mail.click))).toEqual([302, 302, 302, 302, 429]);
    expect(await ask(5, () => m.post(mail.form, {}))).toEqual([200, 200, 200, 200, 429]);
    expect((await m.get(other.click)).status).toBe(302);
  });

  test('of a pixel answers on, and what is too much is not recorded', async () => {
    const { pixel, form: path, messageId } = await m.mail();
    expect(await ask(5, () => m.get(pixel))).toEqual([200, 200, 200, 200, 200]);
    let posted = 0;
    const post = () => m.post(path, { q: String((posted += 1)) });
    expect(await ask(5, post)).toEqual([200, 200, 200, 200, 429]);
    expect(await m.events(messageId)).toHaveLength(1 + 4);
  });

  test('of a form takes as many bytes as the limit and no more', async () => {
    const { form: path } = await m.mail();
    const post = (bytes: number) =>
      m.t.fetch(path, { method: 'POST', headers: form, body: `q=${'x'.repeat(bytes - 2)}` });
    expect((await post(100)).status).toBe(200);
    const refused = await post(101);
    expect([refused.status, refused.codes]).toEqual([413, ['PAYLOAD_TOO_LARGE']]);
  });
});

describe('one address', () => {
  let m: Mailed;
  beforeAll(async () => {
    const edgeAddress = { edgeAddressBucket: 6, edgeAddressBucketPerSecond: 1 };
    m = await startMailed({ limits: edgeAddress });
  });
  afterAll(() => m.t.close());

  test('may try as many links as its bucket holds, good or bad', async () => {
    const { click } = await m.mail();
    const tries = ['/c/nonsense', click, '/f/nonsense.png', '/c/nonsense', click, '/c/x', click];
    const answers = await Promise.all(tries.map((path) => m.get(path)));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.map(({ codes }) => codes)).toEqual([['THROTTLED']]);
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

describe('a database that', () => {
  const written: string[] = [];
  let m: Mailed;
  let commit: Promise<void> = Promise.resolve();
  let away = false;

  beforeAll(async () => {
    m = await startMailed({
      limits: { edgeWaitMs: 20 },
      log: pino({ level: 'warn' }, { write: (line: string) => void written.push(line) }),
      hooks: {
        async beforeCommit() {
          if (away) throw Object.assign(new Error('gone'), { code: '57P01' });
          await commit;
        },
      },
    });
  });
  afterAll(() => m.t.close());

  test('is slow keeps nobody waiting: the event is stored after the answer', async () => {
    const { pixel, click, messageId } = await m.mail();
    let release = (): void => undefined;
    commit = new Promise((resolve) => (release = resolve));
    expect((await m.get(pixel)).status).toBe(200);
    expect((await m.get(click)).status).toBe(302);
    expect(await m.events(messageId)).toEqual([]);
    release();
    await m.t.service.commands.drain();
    expect(await m.events(messageId)).toMatchObject([{ action: 'OPEN' }, { action: 'CLICK' }]);
  });

  test('is away loses an open, which the log says; a form is to be sent again', async () => {
    const { pixel, form: path, messageId } = await m.mail();
    away = true;
    expect((await m.get(pixel)).status).toBe(200);
    const refused = await m.post(path, { q: '1' });
    expect([refused.status, refused.codes]).toEqual([503, ['UNAVAILABLE']]);
    away = false;
    await m.t.service.commands.drain();
    expect(await m.events(messageId)).toEqual([]);
    const lost = written.filter((line) => line.includes('attention from a mail was lost'));
    expect(lost).toHaveLength(1);
    expect(JSON.parse(lost[0] as string)).toMatchObject({ route: '/o/:name', code: 'UNAVAILABLE' });
    expect((await m.post(path, { q: '1' })).json).toMatchObject({ granted: 10 });
  });
});
