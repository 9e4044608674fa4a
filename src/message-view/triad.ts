import type { TriadThirdName } from '../brands';

/** What a message offers; null where it offers nothing of the kind. */
export interface Offer {
  openMu: number | null;
  actionMuMax: number | null;
}

/** The three numbers a message shows one recipient, in whole Mu. */
export interface TriadNumbers {
  balance: number;
  openMu: number;
  actionMu: number;
  /** The last of the three as the brand has it shown. */
  third: number;
}

export function triadOf(balance: number, offer: Offer, third: TriadThirdName): TriadNumbers {
  const openMu = offer.openMu ?? 0;
  const actionMu = offer.actionMuMax ?? 0;
  return { balance, openMu, actionMu, third: third === 'TOTAL' ? openMu + actionMu : actionMu };
}

/** The triad as a subject line has it: `µ.5678.1.10`. */
export function subjectText({ balance, openMu, third }: TriadNumbers): string {
  return `µ.${balance}.${openMu}.${third}`;
}
