import crawlers from 'crawler-user-agents';
import type { AttentionAction } from './action';

/** Percent: how sure we are that a person did it. */
export type Confidence = 0 | 50 | 100;

/** Channels where the event comes from the brand's own app or page, not from an image fetch. */
const provenChannels = new Set(['IN_APP', 'PUSH', 'WEB', 'QR']);

/**
 * Agents that fetch the images of a mail without a person looking: the proxies of mailbox providers
 * and security gateways. A bare "Mozilla/5.0" is how Apple's mail privacy protection presents itself.
 */
const prefetchers =
  /GoogleImageProxy|ggpht\.com|YahooMailProxy|Yahoo! Slurp|BingPreview|Barracuda|Mimecast|Proofpoint|MailScanner|SpamTitan|Outlook-iOS-Prefetch/i;
const bareMozilla = /^Mozilla\/5\.0$/;

const longestAgent = 1000;
const crawlerPatterns = crawlers.map((crawler) => new RegExp(crawler.pattern));

/** Whether a user agent is a known prefetcher or crawler; long agents are cut before matching. */
export function isMachineAgent(userAgent: string | null): boolean {
  if (userAgent === null) return false;
  const agent = userAgent.slice(0, longestAgent).trim();
  return (
    bareMozilla.test(agent) ||
    prefetchers.test(agent) ||
    crawlerPatterns.some((pattern) => pattern.test(agent))
  );
}

/**
 * How sure we are that a person did it, in percent: 0 for a machine; 50 for an open that only an image
 * fetch tells of; 100 for anything that takes a person's hand.
 */
export function confidenceOf(
  action: AttentionAction,
  channel: string | null,
  machine: boolean,
): Confidence {
  if (machine) return 0;
  if (action === 'OPEN' && (channel === null || !provenChannels.has(channel))) return 50;
  return 100;
}
