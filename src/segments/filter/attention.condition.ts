import { Field, InputType } from 'type-graphql';
import {
  AttentionBand,
  DormancyState,
  type AttentionBandName,
  type DormancyStateName,
} from '../../attention';
import { userError } from '../../platform/errors';
import type { FilterKind, SqlScope } from './filter-kind';
import {
  checkMoment,
  checkNumbers,
  momentClauses,
  momentMoves,
  numberClause,
  rowMeets,
  type Clause,
} from './ranges';
import { MomentRange, NumberRange } from './ranges.input';

@InputType({ description: 'The attention the customer gives; all that is given must hold.' })
export class AttentionCondition {
  @Field(() => [DormancyState], { nullable: true, description: 'They are in one of these states.' })
  dormancy?: DormancyStateName[] | null;

  @Field(() => [AttentionBand], { nullable: true, description: 'They are in one of these bands.' })
  band?: AttentionBandName[] | null;

  @Field(() => NumberRange, {
    nullable: true,
    description: 'The index from 0 to 100, by the brand’s day; 0 for whom nothing is known of.',
  })
  index?: NumberRange | null;

  @Field(() => MomentRange, { nullable: true, description: 'When they last attended.' })
  lastAttended?: MomentRange | null;

  @Field(() => MomentRange, {
    nullable: true,
    description: 'When they last did something that only a person does.',
  })
  lastVerified?: MomentRange | null;

  @Field(() => MomentRange, { nullable: true, description: 'When they last clicked.' })
  lastClicked?: MomentRange | null;

  @Field(() => NumberRange, {
    nullable: true,
    description: 'How many messages reached them since they last attended.',
  })
  deliveredSince?: NumberRange | null;
}

const moments = {
  lastAttended: 't.last_attended_at',
  lastVerified: 't.last_verified_at',
  lastClicked: 't.last_clicked_at',
} as const;

const momentsAsked = Object.entries(moments) as [keyof typeof moments, string][];

function oneOf(column: string, words: readonly string[] | null | undefined, scope: SqlScope) {
  if (words == null) return [];
  return [{ sql: `${column} = ANY (${scope.value(words, 'text[]')})`, ofNone: false }];
}

/**
 * The index as it is today: the average of daily points, faded since the last day that moved it, and the
 * streak (docs/segments.md). Rounded as the index is shown.
 */
function indexToday(scope: SqlScope): string {
  const today = `(${scope.instant()} AT TIME ZONE
    (SELECT b.timezone FROM brands b WHERE b.id = r.brand_id))::date`;
  const faded = `t.ema * power(2::float8, -greatest(0, ${today} - t.ema_day) / 14.0::float8)`;
  return `coalesce(floor(least(100, 90 * (1 - power(2::float8, -(${faded})))
    + least(10, t.streak)) + 0.5), 0)::numeric`;
}

/** How attentive the customer is, as it is kept beside the events. */
export const attention: FilterKind<AttentionCondition> = {
  facet: 'attention',
  check(asked, _scope, field) {
    const { dormancy, band, index, deliveredSince } = asked;
    if (Object.values(asked).every((one) => one == null)) {
      return userError('INVALID_VALUE', field, 'Say something of the attention.');
    }
    if (dormancy?.length === 0 || band?.length === 0) {
      return userError('INVALID_VALUE', field, 'Name at least one.');
    }
    for (const [name] of momentsAsked) {
      const wrong = checkMoment(asked[name], [...field, name]);
      if (wrong !== null) return wrong;
    }
    return (
      checkNumbers(index, [...field, 'index']) ??
      checkNumbers(deliveredSince, [...field, 'deliveredSince'])
    );
  },
  parts: ({ dormancy, band }) => (dormancy?.length ?? 0) + (band?.length ?? 0),
  moves: (asked) => asked.index != null || momentsAsked.some(([name]) => momentMoves(asked[name])),
  sql(asked, scope) {
    const { dormancy, band, index, deliveredSince } = asked;
    const clauses: Clause[] = [
      ...oneOf('t.dormancy', dormancy, scope),
      ...oneOf('t.band', band, scope),
      ...(index == null ? [] : numberClause(indexToday(scope), index, scope)),
      ...numberClause('coalesce(t.delivered_since, 0)', deliveredSince, scope),
      ...momentsAsked.flatMap(([name, column]) => momentClauses(column, asked[name], scope)),
    ];
    return rowMeets('attention_states', clauses);
  },
};
