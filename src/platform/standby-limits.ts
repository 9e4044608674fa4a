import { limit } from './limit-setting';

/** How far hot standbys are waited for and believed. */
export const standbyLimits = {
  standbyWaitMs: limit(
    'LIMIT_STANDBY_WAIT_MS',
    20,
    'A healthy standby is a few milliseconds behind; a read that waits longer is quicker at the primary.',
  ),
  standbyLagMs: limit(
    'LIMIT_STANDBY_LAG_MS',
    1000,
    'So old an answer may be for a caller whose last write another process took and who brings no position.',
  ),
  standbyAnswerMs: limit(
    'LIMIT_STANDBY_ANSWER_MS',
    500,
    'Opening a snapshot takes under a millisecond; a standby that needs as long hangs, and is left alone.',
  ),
  standbyLookMs: limit(
    'LIMIT_STANDBY_LOOK_MS',
    250,
    'One small statement to each machine; a standby that came back is used again within as long.',
  ),
  rememberedPositions: limit(
    'LIMIT_REMEMBERED_POSITIONS',
    10_000,
    'Callers whose last position a process remembers, about 100 bytes each; what is forgotten counts for everybody.',
  ),
} as const;
