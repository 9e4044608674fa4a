import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Event = Record<string, unknown>;

const samplePath = join(__dirname, '../../support/samples/sendgrid-events.json');
const sample = JSON.parse(readFileSync(samplePath, 'utf8')) as Event[];

let sent = 0;

/** The sample as it would come today, with event ids of its own, about this message. */
export function eventsAbout(externalId: string): Event[] {
  sent += 1;
  const newest = Math.max(...sample.map(({ timestamp }) => timestamp as number));
  const shift = Math.floor(Date.now() / 1000) - 60 - newest;
  return sample.map((event) => ({
    ...event,
    timestamp: (event['timestamp'] as number) + shift,
    sg_event_id: `${event['sg_event_id'] as string}-${sent}`,
    ...(event['message_external_id'] === undefined ? {} : { message_external_id: externalId }),
  }));
}

/** The bytes SendGrid would send and sign: every event ends with a line break. */
export function bodyOf(events: unknown): Buffer {
  return Buffer.from(`${JSON.stringify(events, null, 1)}\r\n`);
}
