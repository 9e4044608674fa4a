import type { CommandHandler } from '../platform/database/command';
import type { EndpointAnswer } from './create-webhook-endpoint.command';
import { changeEndpoints, deletedRefusal } from './endpoint-change';

/** Gives endpoints a new secret; the one before signs beside it for a while, older ones no more. */
export const rotateWebhookSecret: CommandHandler<{ id: string }, EndpointAnswer> = {
  kind: 'rotateWebhookSecret',
  execute: (tx, commands) =>
    changeEndpoints(
      tx,
      commands,
      (row) =>
        deletedRefusal(row) ?? {
          ...row,
          secret_version: row.secret_version + 1,
          secret_rotated_at: tx.now,
          updated_at: tx.now,
        },
    ),
};
