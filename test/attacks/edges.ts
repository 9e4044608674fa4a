import { brandId as brandKind } from '../../src/brands';
import { customerId as customerKind } from '../../src/customers';
import { messageId as messageKind } from '../../src/messages';
import { LinkTokens, type Link, type LinkPurpose } from '../../src/platform/auth/link-token';
import type { Answer } from '../support/http-service';
import type { Mailed, MailLinks } from '../server/edges/mail';

/** The token in the path of a link. */
export const tokenOf = (path: string): string => path.replace(/^\/[ofca]\/|\.(gif|png)$/g, '');

export const pathOf: Record<LinkPurpose, (token: string) => string> = {
  open: (token) => `/o/${token}.gif`,
  footer: (token) => `/f/${token}.png`,
  click: (token) => `/c/${token}`,
  amp: (token) => `/a/${token}`,
};

/** How a token is made that the service would not make. */
export interface Forgery extends Partial<Link> {
  /** Signs with a key of this secret in place of the service's own. */
  secret?: string;
  expiresAt?: Date;
}

/** A token for anything whatever, about a mail of a brand to nobody unless said otherwise. */
export function minted(
  m: Mailed,
  links: MailLinks,
  purpose: LinkPurpose,
  { secret, expiresAt = new Date(Date.now() + 60_000), ...changes }: Forgery = {},
): string {
  const { config } = m.t.service;
  const tokens = new LinkTokens(secret ?? config.tokenSecret, config.limits);
  const link: Link = {
    brandId: brandKind.decode(m.brand.id) as string,
    customerId: customerKind.create(),
    messageId: messageKind.decode(links.messageId) as string,
    detail: null,
    ...changes,
  };
  return tokens.mint(purpose, link, expiresAt);
}

/** Everything of an answer that an observer can tell, its id and date aside. */
export function seen({ status, headers, text }: Answer) {
  const shown = [...headers].filter(([name]) => !['date', 'x-request-id'].includes(name));
  return { status, headers: shown, text };
}

/** How many events there are. */
export async function stored({ t }: Mailed): Promise<number> {
  const sql = 'SELECT count(*)::int AS n FROM attention_events';
  const [row] = await t.database.query<{ n: number }>(sql);
  return row?.n ?? 0;
}

export async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 100 && !(await isSo()); tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
