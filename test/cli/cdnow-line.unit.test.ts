import { readPurchase } from '../../src/cli/cdnow-line';

describe('a line of the CDNOW file', () => {
  it('is a purchase of a customer', () => {
    expect(readPurchase(' 00004 0001 19970101  2   29.33')).toEqual({
      customer: '00004',
      day: '1997-01-01',
      items: 2,
      amount: '29.33',
    });
  });

  it('may be without cost, and end with a carriage return', () => {
    expect(readPurchase(' 00004 0001 19970101  1    0.00\r')).toMatchObject({ amount: '0.00' });
  });

  it.each([
    ['is cut off', ' 00004 0001 19970101  2'],
    ['has a day the calendar lacks', ' 00004 0001 19970229  2   29.33'],
    ['has a month the calendar lacks', ' 00004 0001 19971301  2   29.33'],
    ['has a negative price', ' 00004 0001 19970101  2   -1.00'],
    ['has a column more', ' 00004 0001 19970101  2   29.33  1'],
    ['is no line of numbers', 'customer sample date cds dollars'],
    ['is empty', ''],
  ])('is none when it %s', (_, line) => {
    expect(readPurchase(line)).toBeNull();
  });
});
