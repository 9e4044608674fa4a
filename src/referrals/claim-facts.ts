import type { CommandTransaction } from '../platform/database/command';
import type { UserErrorCode } from '../platform/errors';

/** Who is said to have brought whom, by which link. */
export interface Invitation {
  brandId: string;
  referrerId: string;
  friendId: string;
  linkId: string;
  /** The device of the claim, when the brand named one. */
  device: string | null;
}

// Two addresses are one mailbox when they differ in what follows a plus sign, or in the dots of a
// Gmail address. Only what this brand was told is compared, so that a refusal tells it nothing new.
const mailbox = (alias: string): string => `
  CASE WHEN split_part(${alias}.value, '@', 2) IN ('gmail.com', 'googlemail.com')
    THEN replace(split_part(split_part(${alias}.value, '@', 1), '+', 1), '.', '')
    ELSE split_part(split_part(${alias}.value, '@', 1), '+', 1) || '@' || split_part(${alias}.value, '@', 2)
  END`;

const factsSql = `
  SELECT
    EXISTS (SELECT FROM referrals r WHERE r.brand_id = t.brand_id AND r.friend_id = t.friend_id) AS taken,
    EXISTS (SELECT FROM referrals r WHERE r.brand_id = t.brand_id AND r.friend_id = t.referrer_id
      AND r.referrer_id = t.friend_id) AS mutual,
    EXISTS (SELECT FROM relationships p WHERE p.brand_id = t.brand_id
      AND p.customer_id IN (t.friend_id, t.referrer_id) AND p.traits -> 'minor' = 'true') AS minor,
    EXISTS (SELECT FROM referral_devices d WHERE d.brand_id = t.brand_id
      AND d.customer_id = t.referrer_id AND d.device = decode(t.device, 'hex')) AS device,
    EXISTS (SELECT FROM brand_identities a
      JOIN brand_identities b ON b.brand_id = a.brand_id AND b.kind = a.kind
      WHERE a.brand_id = t.brand_id AND a.customer_id = t.friend_id AND a.kind = 'EMAIL'
        AND b.customer_id = t.referrer_id AND ${mailbox('a')} = ${mailbox('b')}) AS mailbox
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[]) WITH ORDINALITY
    AS t(brand_id, referrer_id, friend_id, device, place)
  ORDER BY t.place`;

interface Facts {
  taken: boolean;
  mutual: boolean;
  minor: boolean;
  device: boolean;
  mailbox: boolean;
}

/** What speaks against claims of a batch, by what is stored and by the claims before each of them. */
export class ClaimFacts {
  private readonly friends = new Map<string, string>();
  private readonly devices = new Set<string>();

  private constructor(private readonly facts: ReadonlyMap<Invitation, Facts>) {}

  static async read(tx: CommandTransaction, claims: readonly Invitation[]): Promise<ClaimFacts> {
    if (claims.length === 0) return new ClaimFacts(new Map());
    const rows = await tx.query<Facts & Record<string, unknown>>(factsSql, [
      claims.map(({ brandId }) => brandId),
      claims.map(({ referrerId }) => referrerId),
      claims.map(({ friendId }) => friendId),
      claims.map(({ device }) => device),
    ]);
    return new ClaimFacts(new Map(claims.map((claim, at) => [claim, rows[at] as Facts])));
  }

  /** Why a claim does not count, or null. */
  refuse(claim: Invitation): UserErrorCode | null {
    const { brandId, referrerId, friendId, device } = claim;
    const known = this.facts.get(claim) as Facts;
    const mutual = this.friends.get(`${brandId} ${referrerId}`) === friendId;
    if (referrerId === friendId || known.mailbox || known.mutual || mutual) return 'SELF_REFERRAL';
    if (known.minor) return 'MINOR';
    if (known.device || this.devices.has(`${brandId} ${referrerId} ${device}`)) {
      return 'SHARED_DEVICE';
    }
    const taken = known.taken || this.friends.has(`${brandId} ${friendId}`);
    return taken ? 'ALREADY_REFERRED' : null;
  }

  /** Remembers a claim that counts, for those after it in the batch. */
  note({ brandId, referrerId, friendId, device }: Invitation): void {
    this.friends.set(`${brandId} ${friendId}`, referrerId);
    if (device !== null) this.devices.add(`${brandId} ${friendId} ${device}`);
  }
}
