import { packageName, readLockFile } from './lock-file';

const welcome = ['MIT', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', '0BSD'];

/** Whether an SPDX expression without nested parentheses leaves us a welcome licence. */
function isWelcome(expression: string): boolean {
  const choices = expression.replace(/[()]/g, '').split(' OR ');
  return choices.some((choice) => choice.split(' AND ').every((id) => welcome.includes(id)));
}

describe('the licences of what ships', () => {
  const shipped = Object.entries(readLockFile())
    .filter(([path, { dev }]) => path !== '' && !dev)
    .map(([path, { license }]) => ({ name: packageName(path), says: license ?? 'nothing' }));

  it('are all plain permissive ones', () => {
    const others = shipped.filter(({ says }) => !isWelcome(says));

    expect(shipped.length).toBeGreaterThan(30);
    expect(others).toEqual([]);
  });

  it.each([
    ['MIT', true],
    ['(MIT AND BSD-3-Clause)', true],
    ['GPL-3.0-only OR MIT', true],
    ['MIT AND GPL-3.0-only', false],
    ['AGPL-3.0-or-later', false],
    ['nothing', false],
  ])('read %s as welcome: %s', (expression, expected) => {
    expect(isWelcome(expression)).toBe(expected);
  });
});
