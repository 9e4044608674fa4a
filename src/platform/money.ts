import isISO4217 from 'validator/lib/isISO4217';

/** An amount of money as it is stored: whole minor units (cents, paise) of a currency. */
export interface MinorAmount {
  minor: number;
  currency: string;
}

/**
 * ISO 4217 currencies whose minor unit is not a hundredth. Written down here because the digits that
 * JavaScript's number formats know are those people usually write (none for HUF or IDR) and change
 * with its version, while stored amounts must never change their meaning.
 */
const unusualDigits = new Map<string, number>([
  ...names('BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF', 0),
  ...names('BHD IQD JOD KWD LYD OMR TND', 3),
  ...names('CLF UYW', 4),
]);

function names(codes: string, digits: number): [string, number][] {
  return codes.split(' ').map((code) => [code, digits]);
}

/** Whether the text is a currency code of ISO 4217, in capitals. */
export function isCurrency(code: string): boolean {
  return /^[A-Z]{3}$/.test(code) && isISO4217(code);
}

function digitsOf(currency: string): number {
  return unusualDigits.get(currency) ?? 2;
}

/** How many decimals amounts of the currency have. */
export const fractionDigits = digitsOf;

/**
 * Reads a decimal such as `12.50` exactly: no sign, no exponent, no more decimals than the currency
 * has. Answers null for any other text and `Infinity` for an amount beyond the exact integers.
 */
export function toMinor(amount: string, currency: string): number | null {
  const digits = digitsOf(currency);
  const parts = /^([0-9]{1,30})(?:\.([0-9]{1,4}))?$/.exec(amount);
  const [, whole = '', fraction = ''] = parts ?? [];
  if (parts === null || fraction.length > digits) return null;
  const minor = Number(BigInt(whole + fraction.padEnd(digits, '0')));
  return Number.isSafeInteger(minor) ? minor : Infinity;
}

/** An estimate in whole units of a currency, such as 12.5 rupees, as whole minor units: rounded half up. */
export function roundToMinor(units: number, currency: string): number {
  return Math.round(units * 10 ** digitsOf(currency));
}

/** The amount as a decimal with all the decimals of its currency: 1250 of INR is `12.50`. */
export function toDecimal({ minor, currency }: MinorAmount): string {
  const digits = digitsOf(currency);
  const text = String(Math.abs(minor)).padStart(digits + 1, '0');
  const decimal = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
  return minor < 0 ? `-${decimal}` : decimal;
}
