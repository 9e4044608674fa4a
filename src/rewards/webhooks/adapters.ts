import { sendgrid } from './sendgrid';
import type { WebhookAdapter } from './webhook-adapter';

/** The providers whose webhooks are understood, by the last part of `/webhooks/:brand/:provider`. */
export const webhookAdapters: ReadonlyMap<string, WebhookAdapter> = new Map([
  ['sendgrid', sendgrid],
]);
