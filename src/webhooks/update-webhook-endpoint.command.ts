import type { CommandHandler } from '../platform/database/command';
import type { EndpointAnswer } from './create-webhook-endpoint.command';
import { changeEndpoints, deletedRefusal } from './endpoint-change';
import type { WebhookCommand } from './webhook-command';
import { checkDraft, type WebhookDraft } from './webhook-draft';
import type { WebhookEndpointRow } from './webhook-endpoint.entity';

export interface UpdateWebhookEndpoint extends WebhookDraft {
  id: string;
  active?: boolean | null;
}

/** Changes what endpoints are told of and where; activates and pauses them. */
export function updateWebhookEndpoint(
  topics: ReadonlySet<string>,
): CommandHandler<UpdateWebhookEndpoint, EndpointAnswer> {
  return {
    kind: 'updateWebhookEndpoint',
    execute: (tx, commands: readonly WebhookCommand<UpdateWebhookEndpoint>[]) =>
      changeEndpoints(tx, commands, (row, { input, allowPrivate }) => {
        const deleted = deletedRefusal(row);
        if (deleted !== null) return deleted;
        const draft = checkDraft(tx, input, { topics, allowPrivate });
        if (draft.refusal) return draft.refusal;
        return { ...row, ...draft.value, ...switched(row, input.active), updated_at: tx.now };
      }),
  };
}

/** Whoever activates an endpoint begins its days of failing anew. */
function switched(
  row: WebhookEndpointRow,
  active: boolean | null | undefined,
): Partial<WebhookEndpointRow> {
  if (active == null) return {};
  if (!active) return { state: row.state === 'ACTIVE' ? 'PAUSED' : row.state };
  return row.state === 'ACTIVE' ? {} : { state: 'ACTIVE', failing_since: null };
}
