/** How alive the line between a brand and a customer is, with what the schema says of each. */
export const hotlineStates = {
  OPEN: 'The brand reaches the customer, and has heard from them of late.',
  FADING: 'The brand reaches the customer, and has not heard from them for some time.',
  SILENT: 'The brand reaches the customer, and has not heard from them for long, or never.',
  LOST: 'No message reaches the customer any more, or none was answered for so long that none will be.',
} as const;

export type HotlineStateName = keyof typeof hotlineStates;

/** Days of silence up to which a line is open, fading, silent; a brand's own where it has set some. */
export interface HotlineDays {
  open: number;
  fading: number;
  silent: number;
}

export const hotlineDays: HotlineDays = { open: 30, fading: 90, silent: 365 };

const dayMs = 86_400_000;

/**
 * The state of a line: `reachable` says whether a message would arrive, `lastHeard` when the customer last
 * did something that only a person does.
 */
export function hotlineState(
  { reachable, lastHeard }: { reachable: boolean; lastHeard: Date | null },
  at: Date,
  days: HotlineDays,
): HotlineStateName {
  if (!reachable) return 'LOST';
  if (lastHeard === null) return 'SILENT';
  const silentFor = at.getTime() - lastHeard.getTime();
  if (silentFor <= days.open * dayMs) return 'OPEN';
  if (silentFor <= days.fading * dayMs) return 'FADING';
  return silentFor <= days.silent * dayMs ? 'SILENT' : 'LOST';
}
