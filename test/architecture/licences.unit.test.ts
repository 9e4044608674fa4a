import { packageName, readLockFile } from './lock-file';

const welcome = ['MIT', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', '0BSD'];

/** Shipped packages whose manifest says something else, each with the reason it may stay. */
const exceptions: Record<string, { says: string; because: string }> = {
  'big-integer': {
    says: 'Unlicense',
    because: 'a public domain dedication; SendGrid’s signature check needs it',
  },
  'starkbank-ecdsa': { says: 'MIT License', because: 'the MIT licence, not by its SPDX name' },
};

/** Whether an SPDX expression without nested parentheses leaves us a welcome licence. */
function isWelcome(expression: string): boolean {
  const choices = expression.replace(/[()]/g, '').split(' OR ');
  return choices.some((choice) => choice.split(' AND ').every((id) => welcome.includes(id)));
}

describe('the licences of what ships', () => {
  const shipped = Object.entries(readLockFile())
    .filter(([path, { dev }]) => path !== '' && !dev)
    .map(([path, { license }]) => ({ name: packageName(path), says: license ?? 'nothing' }));

  it('are all plain permissive ones, but for the listed exceptions', () => {
    const others = shipped.filter(
      ({ name, says }) => !isWelcome(says) && exceptions[name]?.says !== says,
    );

    expect(shipped.length).toBeGreaterThan(30);
    expect(others).toEqual([]);
  });

  it.each(Object.entries(exceptions))('still need the exception for %s', (name, { says }) => {
    expect(shipped).toContainEqual({ name, says });
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
