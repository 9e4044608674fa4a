import {
  IdentifyCustomerDocument,
  RecordAttentionDocument,
  UpsertEarnRuleDocument,
} from '../../schema/generated/operations';
import { request } from '../client/graph';

/** Three of the shop's customers whom the CRM knows as well. */
const shoppers = [
  { externalId: 'cdnow-00111', email: 'rosa@example.com', name: 'Rosa' },
  { externalId: 'cdnow-00004', email: 'henk@example.com', name: 'Henk' },
  { externalId: 'cdnow-00021', email: 'mei@example.com', name: 'Mei' },
];

/**
 * Tells the service who the shoppers are, and pays each of them for a survey. The keys are fixed: told
 * again, nothing changes.
 */
export async function tellOfShoppers(graph: { url: string; key: string }): Promise<void> {
  await request(graph, UpsertEarnRuleDocument, {
    input: { name: 'shop-survey', action: 'SURVEY', amount: 25, idempotencyKey: 'stack:rule:1' },
  });
  for (const { externalId, email, name } of shoppers) {
    await request(graph, IdentifyCustomerDocument, {
      input: { externalId, email, traits: { name }, idempotencyKey: `stack:who:${externalId}` },
    });
    await request(graph, RecordAttentionDocument, {
      input: {
        customer: { externalId },
        action: 'SURVEY',
        idempotencyKey: `stack:survey:${externalId}`,
      },
    });
  }
}
