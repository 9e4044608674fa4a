import type { CommandHandler } from '../platform/database/command';
import type { EndpointAnswer } from './create-webhook-endpoint.command';
import { changeEndpoints } from './endpoint-change';

/** Takes endpoints away for good, once; their rows stay for the history of their deliveries. */
export const deleteWebhookEndpoint: CommandHandler<{ id: string }, EndpointAnswer> = {
  kind: 'deleteWebhookEndpoint',
  execute: (tx, commands) =>
    changeEndpoints(tx, commands, (row) =>
      row.state === 'DELETED' ? row : { ...row, state: 'DELETED', updated_at: tx.now },
    ),
};
