import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { printable, printableText } from '../../src/reporters/_printable.ts';
import { columns, cut, padded, shorten, wrap } from '../../src/reporters/_wrap.ts';

const anyText = fc.string({ unit: 'binary', maxLength: 60 }).map(printableText);

describe('wrap', () => {
  test('breaks at spaces', () => {
    expect(wrap('the loss cannot fall below 1.543', 12)).toEqual(['the loss', 'cannot fall', 'below 1.543']);
  });

  test('breaks inside a word only when it must, also where characters take two columns', () => {
    expect(wrap('F.cross_entropy(logits)', 10)).toEqual(['F.cross_en', 'tropy(logi', 'ts)']);
    expect(wrap('損失の診断', 5)).toEqual(['損失', 'の診', '断']);
    expect(wrap('', 10)).toEqual([]);
  });

  test('loses nothing and stays within the width', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 4, max: 40 }), (text, width) => {
        const lines = wrap(text, width);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
        for (const line of lines) expect(columns(line)).toBeLessThanOrEqual(width);
      }),
    );
  });
});

describe('shorten, cut, padded', () => {
  test('a long path keeps its beginning and its file name', () => {
    const path = '/scratch/users/me/experiments/042/fold_3/validation/pred.npy';
    expect(shorten(path, 30)).toBe('/scratch/u...lidation/pred.npy');
    expect(shorten('pred.npy', 30)).toBe('pred.npy');
  });

  test('a long message is cut at a space', () => {
    expect(cut('the rarest class has 0.68 % of the pixels', 24)).toBe('the rarest class has ...');
    expect(cut('short', 24)).toBe('short');
  });

  test('both stay within the width', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 8, max: 40 }), (text, width) => {
        expect(columns(shorten(text, width))).toBeLessThanOrEqual(width);
        expect(columns(cut(text, width))).toBeLessThanOrEqual(width);
      }),
    );
  });

  test('padding counts columns, not characters', () => {
    expect(padded('診断', 6)).toBe('診断  ');
    expect(padded('longer', 3)).toBe('longer');
  });
});

describe('printable', () => {
  test.each([
    ['\u001b[1;31mred\u001b[0m', 'red'],
    ['\u001b]0;owned\u0007name', 'name'],
    ['\u001b]8;;http://x\u001b\\name', 'name'],
    ['a\u001bcb', 'ab'],
    ['a\r\nb\tc', 'a b c'],
    ['a\u2028b', 'a b'],
    ['\u202etxt.exe', 'txt.exe'],
    ['\u009b2J\u0000\u007f', '2J'],
    ['\ud800', '\ufffd'],
    ['a < b | c', 'a < b | c'],
    ['診断 é', '診断 é'],
  ])('%j becomes %j', (text, shown) => expect(printableText(text)).toBe(shown));

  test('reaches every text of a value and leaves the rest alone', () => {
    expect(printable({ a: ['x\ny', 1, null, true], b: { c: '\u0007z' } })).toEqual({
      a: ['x y', 1, null, true],
      b: { c: 'z' },
    });
  });
});
