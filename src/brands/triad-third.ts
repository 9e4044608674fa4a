import { registerEnumType } from 'type-graphql';

/** What the third number of a message's triad is. */
export type TriadThirdName = 'ACTION_MAXIMUM' | 'TOTAL';

export const TriadThird: { [Name in TriadThirdName]: Name } = {
  ACTION_MAXIMUM: 'ACTION_MAXIMUM',
  TOTAL: 'TOTAL',
};

registerEnumType(TriadThird, {
  name: 'TriadThird',
  description: 'What the last of the three numbers in a subject line says.',
  valuesConfig: {
    ACTION_MAXIMUM: { description: 'The most that actions in the message pay, its open aside.' },
    TOTAL: { description: 'The most that the message pays in all, its open included.' },
  },
});
