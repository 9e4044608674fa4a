import fc from 'fast-check';
import { isCurrency, toDecimal, toMinor } from '../../src/platform/money';

describe('money', () => {
  it.each([
    ['29.33', 'USD', 2933],
    ['29.3', 'USD', 2930],
    ['29', 'INR', 2900],
    ['0', 'USD', 0],
    ['0.00', 'USD', 0],
    ['007.10', 'EUR', 710],
    ['120', 'JPY', 120],
    ['1.234', 'KWD', 1234],
    ['12.50', 'HUF', 1250],
    ['90071992547409.91', 'USD', Number.MAX_SAFE_INTEGER],
  ])('reads %s %s exactly', (amount, currency, minor) => {
    expect(toMinor(amount, currency)).toBe(minor);
  });

  it.each([
    ['29.333', 'USD'],
    ['1.0', 'JPY'],
    ['1.2345', 'KWD'],
    ['-1', 'USD'],
    ['+1', 'USD'],
    ['1e3', 'USD'],
    ['1,000', 'USD'],
    ['.5', 'USD'],
    ['5.', 'USD'],
    ['', 'USD'],
    [' 1', 'USD'],
    ['٣', 'USD'],
  ])('does not read %j of %s', (amount, currency) => {
    expect(toMinor(amount, currency)).toBeNull();
  });

  it.each([
    [-1, 'INR', '-0.01'],
    [-1250, 'INR', '-12.50'],
    [-7, 'JPY', '-7'],
    [0, 'INR', '0.00'],
  ])('writes %d minor units of %s as %s', (minor, currency, text) => {
    expect(toDecimal({ minor, currency })).toBe(text);
  });

  it('tells an amount beyond the exact integers apart', () => {
    expect(toMinor('90071992547409.92', 'USD')).toBe(Infinity);
    expect(toMinor('9'.repeat(30), 'USD')).toBe(Infinity);
  });

  it('writes every stored amount so that it is read back as the same', () => {
    fc.assert(
      fc.property(
        fc.maxSafeNat(),
        fc.constantFrom('USD', 'INR', 'JPY', 'KWD', 'CLF'),
        (minor, currency) => toMinor(toDecimal({ minor, currency }), currency) === minor,
      ),
    );
  });

  it('writes all the decimals of the currency', () => {
    expect(toDecimal({ minor: 5, currency: 'USD' })).toBe('0.05');
    expect(toDecimal({ minor: 5, currency: 'JPY' })).toBe('5');
    expect(toDecimal({ minor: 5, currency: 'KWD' })).toBe('0.005');
    expect(toDecimal({ minor: 0, currency: 'INR' })).toBe('0.00');
  });

  it('knows currencies by their ISO 4217 code in capitals', () => {
    expect(['INR', 'USD', 'JPY'].every(isCurrency)).toBe(true);
    expect(['inr', 'ABC', 'US', 'USDT', ''].some(isCurrency)).toBe(false);
  });
});
