import { Field, InputType } from 'type-graphql';
import {
  ConsentPurposeEnum,
  IdentityKindEnum,
  type ConsentPurpose,
  type IdentityKind,
} from '../../customers';
import { userError } from '../../platform/errors';
import type { FilterKind } from './filter-kind';
import { checkMoment, momentClauses, momentMoves } from './ranges';
import type { MomentRange } from './ranges.input';

@InputType({ description: 'An address or number the brand has of the customer.' })
export class IdentityCondition {
  @Field(() => [IdentityKindEnum], { description: 'It is of one of these kinds.' })
  kinds!: IdentityKind[];

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether it is confirmed with the customer; either when left out.',
  })
  confirmed?: boolean | null;
}

@InputType({ description: 'What the customer said to a purpose.' })
export class ConsentCondition {
  @Field(() => ConsentPurposeEnum, { description: 'The purpose.' })
  purpose!: ConsentPurpose;

  @Field(() => Boolean, {
    description: 'What they said. Somebody who was never asked said neither.',
  })
  granted!: boolean;
}

/** When the brand first identified the customer. */
export const createdAt: FilterKind<MomentRange> = {
  facet: 'relationship',
  check: (moment, _scope, field) => checkMoment(moment, field),
  parts: () => 0,
  moves: momentMoves,
  sql: (moment, scope) =>
    momentClauses('r.created_at', moment, scope)
      .map(({ sql }) => `(${sql})`)
      .join(' AND '),
};

/** How the customer can be named and reached. */
export const identity: FilterKind<IdentityCondition> = {
  facet: 'identity',
  check: ({ kinds }, _scope, field) =>
    kinds.length > 0 ? null : userError('INVALID_VALUE', field, 'Name at least one kind.'),
  parts: ({ kinds }) => kinds.length,
  moves: () => false,
  sql({ kinds, confirmed }, scope) {
    const only =
      confirmed == null
        ? ''
        : `AND (i.confirmed_at IS NOT NULL) = ${scope.value(confirmed, 'boolean')}`;
    return `EXISTS (SELECT FROM brand_identities i
      WHERE i.brand_id = r.brand_id AND i.customer_id = r.customer_id
        AND i.kind = ANY (${scope.value(kinds, 'text[]')}) ${only})`;
  },
};

/** What the customer allows the brand. */
export const consent: FilterKind<ConsentCondition> = {
  facet: 'consent',
  check: () => null,
  parts: () => 0,
  moves: () => false,
  sql: ({ purpose, granted }, scope) =>
    `EXISTS (SELECT FROM consents c
      WHERE c.brand_id = r.brand_id AND c.customer_id = r.customer_id
        AND c.purpose = ${scope.value(purpose, 'text')} AND c.granted = ${scope.value(granted, 'boolean')})`,
};
