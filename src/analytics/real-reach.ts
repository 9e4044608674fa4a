import { Field, Float, Int, ObjectType } from 'type-graphql';
import type { BrandEntity } from '../brands';
import { Measure } from '../platform/graphql/measure.type';
import { dayAfter } from '../platform/local-day';
import { measuredOf, partOf } from './of-standing';
import type { Standing } from './standing';

/** Which definition made a Real Reach. */
export const reachModel = 'real-reach-1';

@ObjectType({
  implements: Measure,
  simpleResolvers: true,
  description:
    'How many customers a brand really reaches: they consented to messages, a channel works, and of late ' +
    'they did something that only a person does. Opens that a machine may have made count nowhere.',
})
export class RealReach extends Measure {
  @Field(() => Int, { description: 'With a verified event in the last 30 days.' })
  reach30!: number;

  @Field(() => Int, { description: 'In the last 90 days: the Real Reach.' })
  reach90!: number;

  @Field(() => Int, { description: 'In the last 365 days.' })
  reach365!: number;

  @Field(() => Int, { description: 'Customers with any address or number on file.' })
  addressed!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'The Real Reach of 90 days by those; null when there are none.',
  })
  rate!: number | null;
}

/** The Real Reach of a standing. */
export function realReachOf(standing: Standing, brand: BrandEntity): RealReach {
  const { reach30, reach90, reach365, addressed } = standing.figures;
  const firstDay = dayAfter(standing.today, -90);
  const rate = partOf(reach90, addressed);
  const measured = measuredOf(standing, reachModel, { brand, firstDay });
  return { ...measured, reach30, reach90, reach365, addressed, rate };
}
