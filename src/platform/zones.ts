import { IANAZone } from 'luxon';

/** A name begins with a letter; some versions of Node take an offset such as +05:30 for a zone, others not. */
const namePattern = /^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/;

/** Whether the text is the name of a time zone of the IANA database, such as Asia/Kolkata. */
export function isZoneName(text: string): boolean {
  return namePattern.test(text) && IANAZone.isValidZone(text);
}
