import { newKey } from '../support/test-service';
import type { Scene } from './scene';

/** What opened mails mean. */
export const mapping = {
  customer: [{ kind: 'EXTERNAL_ID', path: ['userId'] }],
  createCustomers: true,
  rules: [{ type: 'TRACK', event: 'Opened', becomes: { attention: { action: 'OPEN' } } }],
};

/** Somebody opened a mail. */
export const opened = (userId: string) => ({
  type: 'track',
  event: 'Opened',
  messageId: newKey(),
  timestamp: new Date().toISOString(),
  userId,
});

/** Rows in all tables of imports: an event that waits, and one that is refused. */
export async function bringEvents(scene: Scene): Promise<void> {
  const key = scene.name();
  await scene.do('upsertEventMapping', { key, mapping });
  const events = [opened(scene.name()), { ...opened(scene.name()), type: 'group' }];
  await scene.do('importEvents', { mappingKey: key, events });
}
