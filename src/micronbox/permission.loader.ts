import { viewer } from '../platform/auth/caller';
import { defineLoader } from '../platform/graphql/loaders';
import { permissionSql } from './in-box.sql';
import type { MicronboxPermissionName } from './micronbox-enums';

const permissionsSql = `
  SELECT t.place::integer, ${permissionSql('r', 'p')} AS permission
  FROM unnest($3::uuid[], $4::uuid[]) WITH ORDINALITY AS t(brand_id, customer_id, place)
  JOIN relationships r ON r.brand_id = t.brand_id AND r.customer_id = t.customer_id
    AND ($1::uuid IS NULL OR r.brand_id = $1) AND ($2::uuid IS NULL OR r.customer_id = $2)
  LEFT JOIN micronbox_permissions p ON p.brand_id = r.brand_id AND p.customer_id = r.customer_id`;

/** Permissions by "brand customer"; CLOSED for whoever the caller does not know. One statement for a page. */
export const permissionLoader = defineLoader<string, MicronboxPermissionName>(
  async (context, names) => {
    const pairs = names.map((name) => name.split(' ') as [string, string]);
    const rows = await context.reads.query<{ place: number; permission: MicronboxPermissionName }>(
      permissionsSql,
      [
        ...viewer(context.caller),
        pairs.map(([brandId]) => brandId),
        pairs.map(([, customerId]) => customerId),
      ],
    );
    const found = new Map(rows.map(({ place, permission }) => [place, permission]));
    return names.map((_, at) => found.get(at + 1) ?? 'CLOSED');
  },
);
