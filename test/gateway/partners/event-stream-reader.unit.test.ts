import fc from 'fast-check';
import { readEvents, type StreamEvent } from '../../../src/gateway/partners/event-stream-reader';
import { patienceMs, seeded } from '../../support/seeded';

async function* inChunks(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(text: string, size = 7, most = 1000): Promise<StreamEvent[]> {
  const events: StreamEvent[] = [];
  for await (const event of readEvents('shop', inChunks(Buffer.from(text), size), most)) {
    events.push(event);
  }
  return events;
}

it.each([
  ['event: next\ndata: {"a":1}\n\n', [{ name: 'next', data: '{"a":1}' }]],
  ['event:next\r\ndata:{"a":1}\r\n\r\n', [{ name: 'next', data: '{"a":1}' }]],
  ['event: next\ndata: {\ndata: }\n\n', [{ name: 'next', data: '{\n}' }]],
  [':\n\n: hello\n\nevent: complete\n\n', [{ name: 'complete', data: '' }]],
  [
    'retry: 5\nid: 7\nnonsense\nevent: next\ndata: é\u2028\n\n',
    [{ name: 'next', data: 'é\u2028' }],
  ],
  [
    'data: a\n\ndata:  b\n\n',
    [
      { name: 'message', data: 'a' },
      { name: 'message', data: ' b' },
    ],
  ],
  ['event: next\ndata: never ended\n', []],
])('The stream %j holds %j', async (text, events) => {
  for (const size of [1, 2, 7, 1000]) expect(await read(text, size)).toEqual(events);
});

it(
  'Events are read the same, however they are cut',
  async () => {
    const event = fc.record({
      name: fc.constantFrom('next', 'complete'),
      data: fc.json().filter((json) => !/[\r\n]/.test(json)),
    });
    const property = fc.asyncProperty(
      fc.array(event, { maxLength: 5 }),
      fc.integer({ min: 1, max: 50 }),
      fc.constantFrom('\n', '\r\n'),
      async (events, size, end) => {
        const lines = events.map(({ name, data }) =>
          [`event: ${name}`, `data: ${data}`, '', ''].join(end),
        );
        expect(await read(lines.join(`:${end}`), size)).toEqual(events);
      },
    );
    await fc.assert(property, seeded(200));
  },
  patienceMs,
);

it.each([1, 64, 4096])(
  'An event of as many bytes as are allowed is read, one more is a fault (%i)',
  async (size) => {
    const ofBytes = (bytes: number) =>
      `event: next\ndata: ${'é'.repeat(bytes / 2)}${'x'.repeat(bytes % 2)}\n\n`;
    expect(await read(ofBytes(1000), size)).toHaveLength(1);
    await expect(read(ofBytes(1001), size)).rejects.toMatchObject({ reason: 'too-large' });
    const inTwoLines = `data: ${'x'.repeat(500)}\ndata: ${'x'.repeat(501)}\n\n`;
    await expect(read(inTwoLines, size)).rejects.toMatchObject({ reason: 'too-large' });
  },
);

it('A line without end is a fault before it is whole', async () => {
  let taken = 0;
  async function* endless(): AsyncGenerator<Buffer> {
    for (;;) {
      taken += 100;
      yield Buffer.alloc(100, 'x');
    }
  }
  const reading = readEvents('shop', endless(), 1000).next();
  await expect(reading).rejects.toMatchObject({ reason: 'too-large' });
  expect(taken).toBeLessThan(1300);
});
