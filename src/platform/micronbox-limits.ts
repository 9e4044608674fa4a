import { limit, type LimitSetting } from './limit-setting';

/** Limits of people's own boxes of microns. */
export const micronboxLimits = {
  micronboxReadDays: limit(
    'LIMIT_MICRONBOX_READ_DAYS',
    7,
    'A micron that was read is looked up again within days; then it leaves the box, unless it is saved.',
  ),
  micronboxUnreadDays: limit(
    'LIMIT_MICRONBOX_UNREAD_DAYS',
    90,
    'What nobody read for a season is not news any more, and what it offered has closed.',
  ),
  micronboxIgnored: limit(
    'LIMIT_MICRONBOX_IGNORED',
    5,
    'So many unread microns, one a working day, and none heeded: the person looks elsewhere.',
  ),
  micronboxSaved: limit(
    'LIMIT_MICRONBOX_SAVED',
    500,
    'Microns of one brand a person saves: a shelf, all of which is read with the box.',
  ),
  micronboxForgotten: limit(
    'LIMIT_MICRONBOX_FORGOTTEN',
    1000,
    'Marks on microns that left long ago, deleted in one transaction; it is over within a second.',
  ),
} as const satisfies Record<string, LimitSetting>;
