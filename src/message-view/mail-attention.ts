import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { isMachineAgent, type AttentionAction } from '../attention';
import { customerId } from '../customers';
import { messageId } from '../messages';
import type { Link } from '../platform/auth/link-token';
import type { Command } from '../platform/database/command';
import type { RecordAttention } from '../rewards';

type AttentionCommand = Command<RecordAttention>;

/**
 * The open that loading a picture of a mail tells of, whichever picture. A machine's and a person's are
 * two events, so that a proxy that comes first takes nothing from the reader; more there are not.
 */
export function openOf(link: Link, userAgent: string | undefined): AttentionCommand {
  const machineOpen = isMachineAgent(userAgent ?? null);
  // A picture tells nothing sure, whatever channel the message is said to go through.
  return attention(link, 'OPEN', { channel: 'EMAIL', machineOpen });
}

/** The click on a link of a mail: one event for each link, a person's and a machine's apart. */
export function clickOf(link: Link, userAgent: string | undefined): AttentionCommand {
  const machineOpen = isMachineAgent(userAgent ?? null);
  const { origin, pathname } = new URL(link.detail as string);
  // Query and fragment are left out: they often carry who the reader is.
  return attention(link, 'CLICK', { machineOpen, properties: { url: origin + pathname } });
}

/** A form posted inside a mail: one event for each different set of answers. */
export function formOf(link: Link, fields: Record<string, unknown>): AttentionCommand {
  return attention(link, link.detail as AttentionAction, { properties: fields });
}

/** The key says what the event is, so that whatever repeats it, is the same event. */
function attention(
  link: Link,
  action: AttentionAction,
  details: Omit<RecordAttention, 'customer' | 'messageId' | 'action'>,
): AttentionCommand {
  const input = {
    customer: { id: customerId.encode(link.customerId) },
    messageId: messageId.encode(link.messageId),
    action,
    ...details,
  };
  const text = canonicalize({ ...input, to: link.detail }) ?? '';
  const key = `mail:${createHash('sha256').update(text).digest('base64url')}`;
  return { kind: 'recordAttention', scope: link.brandId, tenant: link.brandId, key, input };
}
