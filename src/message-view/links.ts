import { LinkTokens, type Link, type LinkPurpose } from '../platform/auth/link-token';
import { publicUrlOf, type Config } from '../platform/config';
import type { Context } from '../platform/graphql/context';
import { defineLoader } from '../platform/graphql/loaders';
import type { Limits } from '../platform/limits';

/** A link to be signed. */
export interface WantedLink extends Link {
  purpose: LinkPurpose;
  expiresAt: Date;
}

const day = 86_400_000;

/**
 * Until when links of a message work: some days after its offer ends, at most `linkTokenDays` from now.
 * Whole days, so that the same message viewed twice a day has the same links.
 */
export function linkExpiry(
  message: { expiresAt: Date | null },
  now: Date,
  { linkTokenDays, linkGraceDays }: Pick<Limits, 'linkTokenDays' | 'linkGraceDays'>,
): Date {
  const latest = Math.floor(now.getTime() / day) * day + linkTokenDays * day;
  if (message.expiresAt === null) return new Date(latest);
  return new Date(Math.min(message.expiresAt.getTime() + linkGraceDays * day, latest));
}

const pathOf: Record<LinkPurpose, (token: string) => string> = {
  open: (token) => `/o/${token}.gif`,
  footer: (token) => `/f/${token}.png`,
  click: (token) => `/c/${token}`,
  amp: (token) => `/a/${token}`,
};

const tokensOf = new WeakMap<Config, LinkTokens>();

/** The link tokens of a service. */
export function linkTokens(config: Config): LinkTokens {
  const tokens = tokensOf.get(config) ?? new LinkTokens(config.tokenSecret, config.limits);
  tokensOf.set(config, tokens);
  return tokens;
}

/** Links of one field signed before others get a turn: a millisecond of work. */
const atOnce = 50;

/**
 * Whole addresses of links. A campaign asks for thousands in one operation, so they are signed in
 * portions, between which the process answers others.
 */
export const linkLoader = defineLoader<WantedLink, string>(
  (context, wanted) => sign(context, wanted),
  ({ purpose, brandId, customerId, messageId, detail }) =>
    [purpose, brandId, customerId, messageId, detail ?? ''].join(' '),
);

async function sign({ config }: Context, wanted: readonly WantedLink[]): Promise<string[]> {
  const tokens = linkTokens(config);
  const publicUrl = publicUrlOf(config);
  const addresses: string[] = [];
  for (const { purpose, expiresAt, ...link } of wanted) {
    if (addresses.length > 0 && addresses.length % atOnce === 0) await othersTurn();
    addresses.push(publicUrl + pathOf[purpose](tokens.mint(purpose, link, expiresAt)));
  }
  return addresses;
}

function othersTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
