import { Field, Float, ObjectType, registerEnumType } from 'type-graphql';
import { Measure, type MeasureWindow } from '../platform/graphql/measure.type';
import { MonetaryAmount } from '../platform/graphql/money.type';

/** Who said what a customer is worth; the values are those of the table. */
export const WorthSource = {
  RULE: 'RULE_6_9',
  BG_NBD: 'BG_NBD',
  INGESTED: 'INGESTED',
} as const;

export type WorthSourceName = (typeof WorthSource)[keyof typeof WorthSource];

registerEnumType(WorthSource, {
  name: 'WorthSource',
  description: 'Who said what a customer is worth.',
  valuesConfig: {
    RULE: { description: 'The rule of thumb over the customer’s own orders; see docs/worth.md.' },
    BG_NBD: { description: "The model fitted on the brand's orders; see docs/worth-model.md." },
    INGESTED: { description: "The brand's own model, by `ingestScores`; it wins." },
  },
});

@ObjectType({
  simpleResolvers: true,
  implements: Measure,
  description:
    "What a customer will bring a brand from now on: their lifetime value, in the brand's currency.",
})
export class CustomerValue extends Measure {
  declare asOf: Date;
  declare window: MeasureWindow;
  declare modelVersion: string;

  @Field(() => MonetaryAmount, { description: 'How much: margin, not sales.' })
  value!: MonetaryAmount;

  @Field(() => Float, {
    nullable: true,
    description: 'The chance from 0 to 1 that they still buy; null where the source does not say.',
  })
  pAlive!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Orders in the next 365 days; null where the source does not say.',
  })
  expectedOrders!: number | null;

  @Field(() => WorthSource, { description: 'Who said so.' })
  source!: WorthSourceName;
}
