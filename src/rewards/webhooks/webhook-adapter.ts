import type { IncomingHttpHeaders } from 'node:http';
import type { BrandEntity } from '../../brands';

/** How a report names the message it is about; one of the two. */
export type MessageRef = { messageId: string } | { messageExternalId: string };

interface Report {
  /** The idempotency key: the same report, however often it comes, is one command. */
  key: string;
  customer: { email: string };
  /** When the provider saw it happen, RFC 3339. */
  occurredAt: string;
}

/** A person, or a machine that fetches mail for one, gave a message attention. */
export interface AttentionReport extends Report {
  kind: 'attention';
  action: 'OPEN' | 'CLICK';
  channel: 'EMAIL';
  message: MessageRef | null;
  machineOpen: boolean;
  userAgent: string | null;
  properties: Record<string, unknown>;
}

/** The receiving server has taken the message, or sent it back; or the provider held it back. */
export interface DeliveryReport extends Report {
  kind: 'delivery';
  state: 'DELIVERED' | 'BOUNCED' | 'SUPPRESSED';
  message: MessageRef;
}

/** Something we have no use for; the reason is for logs and holds nothing of the report. */
export interface IgnoredReport {
  kind: 'ignored';
  reason: string;
}

/** What a provider reports, in our words. */
export type WebhookReport = AttentionReport | DeliveryReport | IgnoredReport;

/** A request as it came over the wire, with what is needed to judge where it came from. */
export interface SignedRequest {
  /** The bytes of the body: a signature holds for these and for no other form of them. */
  body: Buffer;
  headers: IncomingHttpHeaders;
  /** The key the brand has entered for this provider. */
  publicKey: string;
  now: Date;
}

/** The webhook format of one provider: a file of its own and a line in the registry. */
export interface WebhookAdapter {
  /** The key the brand has entered; null while it has not. */
  publicKeyOf(brand: BrandEntity): string | null;
  /** Whether the provider has signed this request, lately; never throws. */
  verify(request: SignedRequest): boolean;
  /** The reports in a body, in order; null when it is not in the provider's format. */
  read(body: Buffer): WebhookReport[] | null;
}
