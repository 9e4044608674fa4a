import type { RecordDeliveriesCommand } from '../../attention';
import type { Answer, Command } from '../../platform/database/command';
import type { RecordAttention } from '../attention-request';
import type { AttentionReport, DeliveryReport, WebhookReport } from './webhook-adapter';

/**
 * The command a report becomes, as if a key of the brand (its UUID) had sent it; null for one that is
 * ignored.
 */
export function commandOf(report: WebhookReport, brandId: string): Command | null {
  if (report.kind === 'ignored') return null;
  return report.kind === 'delivery'
    ? deliveryCommand(report, brandId)
    : attentionCommand(report, brandId);
}

function deliveryCommand(report: DeliveryReport, brandId: string): RecordDeliveriesCommand {
  const { key, message, customer, occurredAt, state } = report;
  // What the first release told of deliveries is hashed as it was.
  const news = state === 'DELIVERED' ? {} : { state };
  return {
    kind: 'recordDeliveries',
    scope: brandId,
    tenant: brandId,
    key,
    input: { ...message, customers: [customer], deliveredAt: occurredAt, ...news },
  };
}

function attentionCommand(report: AttentionReport, brandId: string): Command<RecordAttention> {
  const { key, kind: _, message, ...attention } = report;
  return {
    kind: 'recordAttention',
    scope: brandId,
    tenant: brandId,
    key,
    input: { ...attention, ...message },
  };
}

/** Whether a command did what it was for; attention counts once it is stored, paid or not. */
export function wasAccepted(answer: Answer): boolean {
  return answer['event'] !== undefined || answer.userErrors.length === 0;
}
