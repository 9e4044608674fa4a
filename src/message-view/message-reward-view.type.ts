import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { WalletStateEnum, type WalletState } from '../ledger';
import { Mu } from '../platform/graphql/scalars';
import type { CallToActionKindName } from './call-to-action';

/** How much of the balance a view shows. */
export type BalanceShownName = 'WHOLE' | 'OWN_SHARE' | 'NONE';

export const BalanceShown: { [Name in BalanceShownName]: Name } = {
  WHOLE: 'WHOLE',
  OWN_SHARE: 'OWN_SHARE',
  NONE: 'NONE',
};

registerEnumType(BalanceShown, {
  name: 'BalanceShown',
  description: "How much of a customer's balance a message shows.",
  valuesConfig: {
    WHOLE: { description: 'All of it, over all brands: the customer consents to BALANCE_VISIBLE.' },
    OWN_SHARE: {
      description: "The brand's own part: what it granted less what was spent with it.",
    },
    NONE: { description: 'None: the customer has opted out of Mu.' },
  },
});

export const CallToActionKind: { [Name in CallToActionKindName]: Name } = {
  LEARN_MORE: 'LEARN_MORE',
  CONFIRM_IDENTITY: 'CONFIRM_IDENTITY',
  REDEEM: 'REDEEM',
};

registerEnumType(CallToActionKind, {
  name: 'CallToActionKind',
  description: 'What the page behind a call to action has to offer.',
  valuesConfig: {
    LEARN_MORE: { description: 'An explanation of Mu.' },
    CONFIRM_IDENTITY: { description: 'A way to confirm an address or a number.' },
    REDEEM: { description: 'The shop, or whatever else Mu is spent on.' },
  },
});

@ObjectType({ description: 'The three numbers of a message for one recipient.' })
export class MuTriad {
  @Field(() => Mu, { description: 'What the recipient has, at the moment of the question.' })
  balance!: number;

  @Field(() => Mu, { description: 'What opening the message pays.' })
  openMu!: number;

  @Field(() => Mu, { description: 'The most that all other actions on it pay together.' })
  actionMu!: number;

  @Field(() => Mu, {
    description: 'The last number as the brand has it shown, see `Brand.triadThird`.',
  })
  third!: number;
}

@ObjectType({ description: 'What a message invites its reader to do about Mu.' })
export class CallToAction {
  @Field(() => CallToActionKind, { description: 'What the page behind it has to offer.' })
  kind!: CallToActionKindName;

  @Field(() => String, { description: 'A word or two for a button.' })
  label!: string;

  @Field(() => String, { description: 'A sentence to go with it.' })
  text!: string;
}

@ObjectType({
  description:
    'What a message shows one recipient of Mu, and the signed links that belong into it.',
})
export class MessageRewardView {
  @Field(() => ID, { description: 'The recipient, `cus_…`.' })
  customerId!: string;

  @Field(() => ID, { description: 'The message, `msg_…`.' })
  messageId!: string;

  @Field(() => MuTriad, {
    nullable: true,
    description: 'The three numbers; null for a recipient who has opted out.',
  })
  triad!: MuTriad | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The triad for the subject line, `µ.5678.1.10`: as of now, which for a subject is for good. Null ' +
      'for a recipient who has opted out.',
  })
  subjectText!: string | null;

  @Field(() => BalanceShown, { description: 'Whose Mu the balance counts.' })
  balanceShown!: BalanceShownName;

  @Field(() => WalletStateEnum, { description: 'Where the recipient stands with Mu.' })
  warState!: WalletState;

  @Field(() => CallToAction, {
    nullable: true,
    description: 'What to invite the recipient to; null for one who has opted out.',
  })
  callToAction!: CallToAction | null;
}
