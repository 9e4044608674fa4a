import type { AttentionAction } from './action';

/** What an action that is fully sure is worth, in points; docs/attention.md says why. */
const weights: Readonly<Record<AttentionAction, number>> = {
  OPEN: 1,
  READ: 2,
  VISIT: 2,
  CUSTOM: 2,
  CLICK: 3,
  POLL: 3,
  SURVEY: 4,
  QUIZ: 4,
  FORM: 4,
  FEEDBACK: 4,
  VIDEO_COMPLETE: 4,
  SCAN: 4,
  ATTEND: 4,
  REPLY: 5,
  REFERRAL: 8,
};

const shortestReadMs = 15_000;

/** Points of an action; reading on for less than 15 seconds, where that is known, has none. */
export function weightOf(action: AttentionAction, durationMs: number | null): number {
  if (action === 'READ' && durationMs !== null && durationMs < shortestReadMs) return 0;
  return weights[action];
}
