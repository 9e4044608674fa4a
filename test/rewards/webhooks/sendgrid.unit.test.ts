import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sendgrid } from '../../../src/rewards/webhooks/sendgrid';
import type { WebhookReport } from '../../../src/rewards/webhooks/webhook-adapter';

const sample = readFileSync(join(__dirname, '../../support/samples/sendgrid-events.json'));

function readOne(event: unknown): WebhookReport {
  const reports = sendgrid.read(Buffer.from(JSON.stringify([event])));
  return (reports as WebhookReport[])[0] as WebhookReport;
}

const open = {
  event: 'open',
  email: 'asha@example.com',
  timestamp: 1767168063,
  sg_event_id: 'b3Blbi0wMDAx',
};

describe("SendGrid's events", () => {
  it('become a report each, in order', () => {
    const reports = sendgrid.read(sample) as WebhookReport[];
    expect(reports.map(({ kind }) => kind)).toEqual([
      'ignored',
      'ignored',
      'delivery',
      'attention',
      'attention',
      'attention',
      'delivery',
      'ignored',
      'ignored',
      'ignored',
      'ignored',
    ]);
  });

  it('become deliveries when the receiving server took the mail', () => {
    expect((sendgrid.read(sample) as WebhookReport[])[2]).toEqual({
      kind: 'delivery',
      state: 'DELIVERED',
      key: 'sendgrid:ZGVsaXZlcmVkLTAwMDEtZGl3YWxpLTAx',
      customer: { email: 'asha@example.com' },
      message: { messageExternalId: 'diwali-01' },
      occurredAt: '2025-12-31T08:01:01.000Z',
    });
  });

  it('become bounces and suppressions when the mail did not arrive', () => {
    const mail = { email: 'a@example.com', timestamp: 1, message_external_id: 'm' };
    const events = ['bounce', 'dropped', 'deferred'].map((event) => ({
      ...mail,
      event,
      sg_event_id: event,
    }));
    const reports = sendgrid.read(Buffer.from(JSON.stringify(events))) as WebhookReport[];
    expect(reports).toMatchObject([
      { kind: 'delivery', state: 'BOUNCED' },
      { kind: 'delivery', state: 'SUPPRESSED' },
      { kind: 'ignored' },
    ]);
  });

  it('become attention with the mark of a machine that fetched the mail', () => {
    const reports = sendgrid.read(sample) as WebhookReport[];
    expect(reports[3]).toEqual({
      kind: 'attention',
      action: 'OPEN',
      channel: 'EMAIL',
      key: 'sendgrid:b3Blbi0wMDAxLW1hY2hpbmUtZGl3YWxpLTAx',
      customer: { email: 'asha@example.com' },
      message: { messageExternalId: 'diwali-01' },
      occurredAt: '2025-12-31T08:01:03.000Z',
      machineOpen: true,
      userAgent: 'Mozilla/5.0',
      properties: { provider: 'sendgrid' },
    });
    expect(reports[5]).toMatchObject({ action: 'OPEN', machineOpen: false });
  });

  it('keep what a link pointed at, and nothing that tells who clicked', () => {
    const click = (sendgrid.read(sample) as WebhookReport[])[4];
    expect(click).toMatchObject({
      action: 'CLICK',
      properties: { provider: 'sendgrid', url: 'https://shop.example.com/diwali/lamps' },
    });
    expect(JSON.stringify({ ...click, customer: null })).not.toMatch(/asha|198\.51/);
  });

  it.each(['mailto:asha@example.com', 'nonsense', `https://example.com/${'x'.repeat(1000)}`])(
    'leave out a link that is not fit to be kept: %s',
    (url) => {
      expect(readOne({ ...open, event: 'click', url })).toMatchObject({
        properties: { provider: 'sendgrid' },
      });
    },
  );

  it('name a message by our id before the id of the brand', () => {
    const message_id = 'msg_01kbd0v6jve9g8v4bfwkhtazxa';
    expect(readOne({ ...open, message_id, message_external_id: 'x' })).toMatchObject({
      message: { messageId: message_id },
    });
    expect(readOne(open)).toMatchObject({ message: null });
  });

  it('are ignored when a delivery names no message', () => {
    expect(readOne({ ...open, event: 'delivered' })).toEqual({
      kind: 'ignored',
      reason: 'a delivery that names no message',
    });
  });

  it.each([
    ['no id', { sg_event_id: undefined }, 'no event id'],
    ['an id that is no text', { sg_event_id: 7 }, 'no event id'],
    ['no recipient', { email: '' }, 'no recipient'],
    ['no time', { timestamp: undefined }, 'no time'],
    ['a time beyond the calendar', { timestamp: 1e15 }, 'no time'],
    ['a time that is no number', { timestamp: '' }, 'no time'],
    ['a name we do not know', { event: 'teleported' }, 'an event of no use here'],
    ['no name', { event: undefined }, 'not an event'],
  ])('are ignored with %s', (_, changes, reason) => {
    expect(readOne({ ...open, ...changes })).toEqual({ kind: 'ignored', reason });
  });

  it.each([null, 7, 'open', [], [open]])('are ignored when one is %j', (event) => {
    expect(readOne(event)).toEqual({ kind: 'ignored', reason: 'not an event' });
  });

  it('may give their time as text, as the documentation says', () => {
    expect(readOne({ ...open, timestamp: '1767168063' })).toEqual(readOne(open));
  });

  it('have a key that is fit for a command, whatever their id', () => {
    const keys = ['x', 'a'.repeat(300), 'ünïcode', 'with blank', 'a\u0000b'].map((sg_event_id) => {
      const report = readOne({ ...open, sg_event_id });
      return report.kind === 'ignored' ? '' : report.key;
    });
    for (const key of keys) expect(key).toMatch(/^[\x21-\x7e]{8,200}$/);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it.each(['', '{}', 'null', '[', '"open"'])('are not read out of the body %j', (body) => {
    expect(sendgrid.read(Buffer.from(body))).toBeNull();
  });
});
