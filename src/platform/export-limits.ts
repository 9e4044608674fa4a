import { limit, type LimitSetting } from './limit-setting';

/** What a brand takes home, and how long it is kept for that. */
export const exportLimits = {
  exportDays: limit(
    'LIMIT_EXPORT_DAYS',
    7,
    'A copy is fetched soon after it was made; what lies longer is old, and a risk.',
  ),
  exportsKept: limit(
    'LIMIT_EXPORTS_KEPT',
    7,
    'One a day, each kept for a week: as much room as so many copies of a brand take.',
  ),
  exportLinkSeconds: limit(
    'LIMIT_EXPORT_LINK_SECONDS',
    3600,
    'A link is used when it was asked for; one that leaks is soon dead.',
  ),
  exportRows: limit(
    'LIMIT_EXPORT_ROWS',
    500,
    'Rows in memory at once: some megabytes where each has traits of the largest size.',
  ),
  exportLeaseSeconds: limit(
    'LIMIT_EXPORT_LEASE_SECONDS',
    60,
    'When a process dies, another writes its export anew a minute later.',
  ),
  exportAttempts: limit(
    'LIMIT_EXPORT_ATTEMPTS',
    3,
    'What fails three times has a cause that does not pass by itself.',
  ),
} as const satisfies Record<string, LimitSetting>;
