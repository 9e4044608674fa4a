import fc from 'fast-check';
import { canonicalEmail, canonicalPhone } from '../../src/customers/canonical';

describe('canonical e-mail', () => {
  test.each([
    ['lower case as it is', 'asha@example.in', 'asha@example.in'],
    ['upper case', 'ASHA@Example.IN', 'asha@example.in'],
    ['spaces around', ' asha@example.in\t', 'asha@example.in'],
    ['a no-break space before', '\u00a0asha@example.in', 'asha@example.in'],
    ['dots, which stay', 'a.s.h.a@example.in', 'a.s.h.a@example.in'],
    ['a +tag, which stays', 'asha+mu@example.in', 'asha+mu@example.in'],
    ['an apostrophe', "o'hara@example.in", "o'hara@example.in"],
    ['fullwidth letters', 'ａｓｈａ＠example．in', 'asha@example.in'],
    ['the Kelvin sign', '\u212aelvin@example.in', 'kelvin@example.in'],
    ['a ligature', '\ufb01ona@example.in', 'fiona@example.in'],
    ['a domain in xn-- form', 'asha@xn--bcher-kva.example', 'asha@xn--bcher-kva.example'],
    ['64 characters before the @', `${'a'.repeat(64)}@example.in`, `${'a'.repeat(64)}@example.in`],
    ['254 bytes', longEmail(254), longEmail(254)],
  ])('%s', (_, text, canonical) => {
    expect(canonicalEmail(text)).toBe(canonical);
  });

  test.each([
    ['Cyrillic а', '\u0430sha@example.in'],
    ['dotted capital İ', '\u0130sha@example.in'],
    ['sharp s', 'stra\u00dfe@example.in'],
    ['a right-to-left mark', '\u200fasha@example.in'],
    ['a zero-width joiner', 'as\u200dha@example.in'],
    ['a zero-width joiner in the domain', 'asha@exam\u200dple.in'],
    ['a domain in its own script', 'asha@b\u00fccher.example'],
    ['an ideographic full stop', 'asha@example\u3002in'],
    ['a quoted local part', '"asha"@example.in'],
    ['a quote within', 'as"ha@example.in'],
    ['a display name', 'Asha <asha@example.in>'],
    ['two @', 'asha@rao@example.in'],
    ['no @', 'asha.example.in'],
    ['nothing before the @', '@example.in'],
    ['nothing after the @', 'asha@'],
    ['no top-level domain', 'asha@localhost'],
    ['an address literal', 'asha@[127.0.0.1]'],
    ['an address', 'asha@127.0.0.1'],
    ['an underscore in the domain', 'asha@exam_ple.in'],
    ['a trailing dot', 'asha@example.in.'],
    ['a leading dot', '.asha@example.in'],
    ['two dots', 'asha..rao@example.in'],
    ['a space within', 'asha rao@example.in'],
    ['NUL', 'asha@example.in\u0000'],
    ['half a surrogate pair', '\ud800@example.in'],
    ['65 characters before the @', `${'a'.repeat(65)}@example.in`],
    ['255 bytes', longEmail(255)],
    ['a character that unfolds beyond 254', `${'\ufdfa'.repeat(200)}@example.in`],
    ['nothing', ''],
  ])('%s is refused', (_, text) => {
    expect(canonicalEmail(text)).toBeNull();
  });

  test('what is canonical stays as it is', () => {
    const texts = fc.oneof(fc.emailAddress(), fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(texts, (text) => {
        const email = canonicalEmail(text);
        expect(canonicalEmail(email ?? '')).toBe(email);
      }),
    );
  });
});

/** An address of so many bytes, made of labels of at most 63. */
function longEmail(bytes: number): string {
  const rest = bytes - 'asha@.in'.length;
  const labels = 'x'.repeat(rest).replace(/.{63}(?=.)/g, (label) => `${label.slice(1)}.`);
  return `asha@${labels}.in`;
}

describe('canonical phone', () => {
  test.each([
    ['E.164 as it is', '+919820012345', '+919820012345'],
    ['spaces, brackets, hyphens', ' +1 (415) 555-2671 ', '+14155552671'],
    ['Arabic-Indic digits', '+٩١٩٨٢٠٠١٢٣٤٥', '+919820012345'],
    ['fullwidth digits', '＋９１９８２００１２３４５', '+919820012345'],
    ['a trunk zero, which goes', '+91 0 98200 12345', '+919820012345'],
    ['an Italian zero, which stays', '+39 06 698 12345', '+390669812345'],
    ['40 characters', '+91 98200 12345'.padStart(40), '+919820012345'],
  ])('%s', (_, text, canonical) => {
    expect(canonicalPhone(text)).toBe(canonical);
  });

  test.each([
    ['no country code', '98200 12345'],
    ['a trunk zero alone', '098200 12345'],
    ['a dialling prefix for a country code', '0091 98200 12345'],
    ['an extension, which is another person', '+91 98200 12345 ext 5'],
    ['a country that is none', '+999 123456789'],
    ['too few digits', '+91 98200 1234'],
    ['too many digits', '+91 98200 1234567'],
    ['text around', 'call +91 98200 12345 now'],
    ['letters for digits', '+1 800 FLOWERS'],
    ['a zero-width joiner', '+91 98200\u200d12345'],
    ['NUL', '+91 98200 12345\u0000'],
    ['41 characters', '+91 98200 12345'.padStart(41)],
    ['nothing', ''],
  ])('%s is refused', (_, text) => {
    expect(canonicalPhone(text)).toBeNull();
  });

  test('what is canonical stays as it is', () => {
    const digits = fc.stringMatching(/^\+(91|1|44|39|54)[0-9 ()-]{8,14}$/);
    fc.assert(
      fc.property(digits, (text) => {
        const phone = canonicalPhone(text);
        expect(canonicalPhone(phone ?? '')).toBe(phone);
      }),
    );
  });
});
