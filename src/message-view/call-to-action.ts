import type { WalletState } from '../ledger';

export type CallToActionKindName = 'LEARN_MORE' | 'CONFIRM_IDENTITY' | 'REDEEM';

/** What a message invites its reader to do about Mu. */
export interface CallToActionText {
  kind: CallToActionKindName;
  label: string;
  text: string;
}

const texts: Record<Exclude<WalletState, 'OPTED_OUT'>, CallToActionText> = {
  WHATS_IT: {
    kind: 'LEARN_MORE',
    label: "What's µ?",
    text: 'Mu is a small thank-you for your attention. See how it works.',
  },
  ACTIVATE: {
    kind: 'CONFIRM_IDENTITY',
    label: 'Activate',
    text: 'Confirm who you are, and spend the Mu you have earned.',
  },
  REDEEM: { kind: 'REDEEM', label: 'Redeem', text: 'Your Mu is ready to be spent.' },
};

/** The invitation that suits a wallet's state; none for who has opted out. */
export function callToActionOf(state: WalletState): CallToActionText | null {
  return state === 'OPTED_OUT' ? null : texts[state];
}
