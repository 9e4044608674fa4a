import { enumOf } from '../platform/graphql/described-enum';

/** What a customer can do that is worth something to a brand, with the sentence the graph gives it. */
export const attentionActions = {
  OPEN: 'Opened a message.',
  CLICK: 'Followed a link.',
  READ: 'Read on for a while.',
  VIDEO_COMPLETE: 'Watched a video to its end.',
  SURVEY: 'Answered a survey.',
  QUIZ: 'Took a quiz.',
  POLL: 'Voted in a poll.',
  FORM: 'Filled in a form.',
  FEEDBACK: 'Gave feedback.',
  SCAN: 'Scanned a code.',
  REFERRAL: 'Brought a friend.',
  ATTEND: 'Attended an event.',
  REPLY: 'Replied to the brand.',
  VISIT: 'Visited a shop or a site.',
  CUSTOM: 'Something the brand defines; say which in `customAction`.',
} as const;

export type AttentionAction = keyof typeof attentionActions;

export const AttentionActionEnum = enumOf(
  'AttentionAction',
  'What a customer did.',
  attentionActions,
);
