import { enumOf } from '../platform/graphql/described-enum';

export const folders = {
  INBOX: 'What came and has not left.',
  SAVED: 'What the person saved; it stays until they let it go.',
} as const;

export type MicronboxFolderName = keyof typeof folders;

/** The folders as a GraphQL enum; values equal names. */
export const MicronboxFolder = enumOf(
  'MicronboxFolder',
  'The two folders of a micronbox; every micron is in one of them.',
  folders,
);

export const permissions = {
  ALLOWED: 'The person has let the brand in.',
  CONSENTED: 'They have said nothing of the box, and consented to MARKETING themselves.',
  MUTED: 'The person keeps the brand out.',
  CLOSED: 'Nobody has let the brand in.',
} as const;

export type MicronboxPermissionName = keyof typeof permissions;

/** The permissions as a GraphQL enum; values equal names. */
export const MicronboxPermission = enumOf(
  'MicronboxPermission',
  'Whether microns of a brand go into a person’s box.',
  permissions,
);

export const rankReasons = {
  ATTENTION: 'By how attentive the person is to the brand.',
  NEW: 'The person has not attended to the brand so far, nor passed it over for long.',
  IGNORED: 'It lies unread: below everything that does not.',
} as const;

export type RankReasonName = keyof typeof rankReasons;

/** The reasons as a GraphQL enum; values equal names. */
export const MicronboxRankReason = enumOf(
  'MicronboxRankReason',
  'Why a thread stands where it stands.',
  rankReasons,
);
