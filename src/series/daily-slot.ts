import { DateTime as Zoned } from 'luxon';

const slotPattern = /^([01]\d|2[0-3]):[0-5]\d$/;

/** Whether a text is a time of day, as 07:00. */
export function isSlot(text: string): boolean {
  return slotPattern.test(text);
}

/**
 * The next moment at which clocks in the zone show the slot: today if that is still to come and nothing
 * was delivered today, else tomorrow. Where clocks skip the slot it is the moment they skip to, as far
 * behind it; where they show it twice it is the first.
 */
export function nextSlot(slot: string, zone: string, now: Date, lastDelivered: Date | null): Date {
  const [hour, minute] = slot.split(':').map(Number) as [number, number];
  const local = Zoned.fromJSDate(now, { zone });
  const last = lastDelivered === null ? null : Zoned.fromJSDate(lastDelivered, { zone });
  const today = slotOn(local, hour, minute);
  const free = last === null || last.toISODate() !== local.toISODate();
  if (free && today > now) return today;
  return slotOn(local.plus({ days: 1 }), hour, minute);
}

function slotOn({ year, month, day, zoneName }: Zoned, hour: number, minute: number): Date {
  return Zoned.fromObject(
    { year, month, day, hour, minute },
    { zone: zoneName ?? 'UTC' },
  ).toJSDate();
}
