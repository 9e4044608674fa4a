import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { ClvModelName } from './worth-terms';

/** By what a brand has the worth of customers reckoned; the values are those of the table. */
export const ClvModel = {
  RULE: 'RULE_6_9',
  BG_NBD: 'BG_NBD',
} as const;

registerEnumType(ClvModel, {
  name: 'ClvModel',
  description: "By what a brand has its customers' lifetime values reckoned.",
  valuesConfig: {
    RULE: { description: 'A rule of thumb over each customer’s own orders; see docs/worth.md.' },
    BG_NBD: { description: 'A model fitted on all orders, where there are enough of them.' },
  },
});

@ObjectType({
  simpleResolvers: true,
  description: "By what a brand's customers' lifetime values are reckoned; see docs/worth.md.",
})
export class WorthSettings {
  @Field(() => Float, { description: 'What the brand keeps of an order, from 0 to 1.' })
  margin!: number;

  @Field(() => Float, { description: 'By how much a year makes money worth less; 0.1 is a tenth.' })
  discount!: number;

  @Field(() => Int, { description: 'How many years ahead it looks.' })
  horizonYears!: number;

  @Field(() => Float, {
    description: 'The share of customers who stay from one year to the next, from 0 to 1.',
  })
  yearlyRetention!: number;

  @Field(() => Float, {
    description:
      'The usual pause between orders, in days, of who has ordered once: that of the other customers, ' +
      'or what was set while nobody has come back.',
  })
  daysBetweenOrders!: number;

  @Field(() => ClvModel, { description: 'The rule, or the fitted model.' })
  clvModel!: ClvModelName;
}
