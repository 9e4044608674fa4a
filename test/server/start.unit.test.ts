import { reasonOf } from '../../src/server/start';

describe('the reason why it cannot start', () => {
  it('is the first line of what was thrown', () => {
    expect(reasonOf(new Error('the port is taken\nand more'))).toBe('the port is taken');
  });

  it('is that of the first attempt where a name has several addresses and none answered', () => {
    const attempts = ['::1', '127.0.0.1'].map((at) => new Error(`connect ECONNREFUSED ${at}:5432`));
    expect(reasonOf(new AggregateError(attempts))).toBe('connect ECONNREFUSED ::1:5432');
  });

  it('is a code or a name where there are no words', () => {
    expect(reasonOf(Object.assign(new Error(''), { code: 'EPIPE' }))).toBe('EPIPE');
    expect(reasonOf(new TypeError(''))).toBe('TypeError');
  });
});
