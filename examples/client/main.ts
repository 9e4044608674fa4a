import { randomUUID } from 'node:crypto';
import {
  IdentifyCustomerDocument,
  RecordAttentionDocument,
  RecordMessageDocument,
  UpsertEarnRuleDocument,
} from '../../schema/generated/operations';
import { request } from './graph';

/**
 * One rewarded moment from a brand's backend: `MU_KEY=<brand key> npm run example`. The key is the one
 * that `npm start` prints; MU_URL is the graph's address when it is not the default.
 */
async function main(): Promise<void> {
  const graph = {
    url: process.env['MU_URL'] ?? 'http://127.0.0.1:4000/graphql',
    key: process.env['MU_KEY'] ?? '',
  };
  const customer = { externalId: `reader-${randomUUID()}` };

  await request(graph, UpsertEarnRuleDocument, {
    input: { name: 'survey', action: 'SURVEY', amount: 10, idempotencyKey: randomUUID() },
  });
  await request(graph, IdentifyCustomerDocument, {
    input: { ...customer, traits: { name: 'A reader' }, idempotencyKey: randomUUID() },
  });
  const { recordMessage } = await request(graph, RecordMessageDocument, {
    input: {
      externalId: `mail-${randomUUID()}`,
      channel: 'EMAIL',
      subject: 'Kashmir in 5 days',
      openMu: 1,
      actionMuMax: 10,
      audience: 100,
      idempotencyKey: randomUUID(),
    },
  });
  const { recordAttention } = await request(graph, RecordAttentionDocument, {
    input: {
      customer,
      messageId: recordMessage.message?.id,
      action: 'SURVEY',
      idempotencyKey: randomUUID(),
    },
  });
  const paid = recordAttention.grants.map(({ amount, reason }) => `  ${amount} µ  ${reason}`);
  const balance = recordAttention.wallet?.balance ?? 0;
  process.stdout.write(`Reserved ${recordMessage.reserved} µ. Granted:\n${paid.join('\n')}\n`);
  process.stdout.write(`The wallet holds ${balance} µ.\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
});
