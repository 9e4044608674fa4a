import type { MagnetRow } from './magnet.entity';

/** Whether a magnet takes answers now, or one that was given earlier and comes only now. */
export function isOpen(magnet: MagnetRow, answeredAt: Date | null, now: Date): boolean {
  const at = answeredAt ?? now;
  if (magnet.state !== 'OPEN' && (answeredAt === null || magnet.state !== 'CLOSED')) return false;
  return (
    (magnet.starts_at === null || magnet.starts_at <= at) &&
    (magnet.ends_at === null || at < magnet.ends_at)
  );
}
