import { registerEnumType } from 'type-graphql';

/** What a brand's own models may say of a customer. */
export const ScoreKind = {
  CLV: 'CLV',
  CHURN_RISK: 'CHURN_RISK',
  ORDER_CHANCE: 'ORDER_CHANCE',
  DAYS_TO_NEXT_ORDER: 'DAYS_TO_NEXT_ORDER',
  RECOMMENDATION: 'RECOMMENDATION',
} as const;

export type ScoreKindName = keyof typeof ScoreKind;

registerEnumType(ScoreKind, {
  name: 'ScoreKind',
  description: "What a model of the brand's own says of a customer.",
  valuesConfig: {
    CLV: {
      description:
        "What they will bring, in whole units of the brand's currency, from 0; it wins over ours.",
    },
    CHURN_RISK: { description: 'The chance from 0 to 1 that they do not come back.' },
    ORDER_CHANCE: { description: 'The chance from 0 to 1 that they order in the next 30 days.' },
    DAYS_TO_NEXT_ORDER: { description: 'Days until they order next, from 0 to 3650.' },
    RECOMMENDATION: { description: 'How likely they recommend the brand, from 0 to 10.' },
  },
});

/** The largest value of each kind; the least is 0. A CLV has to fit the currency too. */
export const largestScores: Readonly<Record<ScoreKindName, number>> = {
  CLV: Number.MAX_SAFE_INTEGER,
  CHURN_RISK: 1,
  ORDER_CHANCE: 1,
  DAYS_TO_NEXT_ORDER: 3650,
  RECOMMENDATION: 10,
};
