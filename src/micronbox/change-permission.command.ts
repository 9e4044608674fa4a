import { brandId as brandIds } from '../brands';
import {
  refused,
  type Answer,
  type Command,
  type CommandHandler,
} from '../platform/database/command';
import { userError } from '../platform/errors';

/** Which brand a person speaks of, without the idempotency key. */
export interface ChangePermission {
  brandId: string;
}

/** The relationship it is about, by UUID. */
export interface PermissionAnswer extends Answer {
  of?: { brandId: string; customerId: string };
}

// The word that was there already is left as it was, and so is what it lets in.
const storeSql = `
  INSERT INTO micronbox_permissions AS p (brand_id, customer_id, allowed, changed_at)
  SELECT r.brand_id, r.customer_id, $3, $4
  FROM (SELECT DISTINCT * FROM unnest($1::uuid[], $2::uuid[]) AS t(brand_id, customer_id)) t
  JOIN relationships r ON r.brand_id = t.brand_id AND r.customer_id = t.customer_id
  ORDER BY r.customer_id, r.brand_id
  ON CONFLICT (customer_id, brand_id) DO UPDATE SET allowed = excluded.allowed,
    since = CASE WHEN excluded.allowed AND NOT p.allowed THEN excluded.changed_at ELSE p.since END,
    changed_at = CASE WHEN excluded.allowed = p.allowed THEN p.changed_at ELSE excluded.changed_at END
  RETURNING p.brand_id, p.customer_id`;

/** Lets brands into people's boxes. */
export const allowBrand = wordOf('allowBrand', true);

/** Keeps brands out of people's boxes. */
export const muteBrand = wordOf('muteBrand', false);

function wordOf(
  kind: string,
  allowed: boolean,
): CommandHandler<ChangePermission, PermissionAnswer> {
  return {
    kind,
    async execute(tx, commands) {
      const spoken = commands.filter(isOfPerson);
      const rows = await tx.query<{ brand_id: string; customer_id: string }>(storeSql, [
        spoken.map(({ tenant }) => tenant),
        spoken.map(({ subject }) => subject),
        allowed,
        tx.now,
      ]);
      const known = new Set(rows.map((row) => `${row.brand_id} ${row.customer_id}`));
      return commands.map((command): PermissionAnswer => {
        const { tenant: brandId, subject: customerId } = command;
        if (!isOfPerson(command) || !known.has(`${brandId} ${customerId}`)) {
          return refused(userError('NOT_FOUND', ['brandId']));
        }
        return {
          of: { brandId: brandId as string, customerId: customerId as string },
          userErrors: [],
        };
      });
    },
  };
}

/** A person speaks for themselves, of the brand whose rows the command is about. */
function isOfPerson({ tenant, subject, input }: Command<ChangePermission>): boolean {
  return subject != null && tenant !== null && brandIds.decode(input.brandId) === tenant;
}
