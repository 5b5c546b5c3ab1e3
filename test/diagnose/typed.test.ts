import { describe, expect, test } from 'vitest';
import { toleranceOf } from '../../src/core/index.ts';
import { distance, parseReported } from '../../src/diagnose/typed.ts';

describe('a reported number', () => {
  test.each([
    ['1.27401', 'loss', 1.27401, 6, 5e-6],
    ['dice=0.31', 'dice', 0.31, 2, 0.005],
    ['val_loss = -12', 'val_loss', -12, 2, 0.5],
    ['1.50e-3', 'loss', 0.0015, 3, 5e-6],
    ['.5', 'loss', 0.5, 1, 0.05],
    ['1e6', 'loss', 1e6, 1, 5e5],
  ])('%s is read with its digits', (text, name, value, digits, rounding) => {
    const typed = parseReported(text);
    expect(typed).toMatchObject({ name, value, digits });
    expect(typed.rounding).toBeCloseTo(rounding, 12);
  });

  test.each(['nan', 'NaN', 'inf', '-Infinity'])('%s is a value as well', (text) => {
    expect(Number.isFinite(parseReported(text).value)).toBe(false);
    expect(distance(parseReported(text), parseReported(text).value)).toBe(0);
  });

  test.each(['', 'about one', '1,5', '1.2.3', '.', 'loss=', '=1.5', '0x10'])('%j is refused', (text) => {
    expect(() => parseReported(text)).toThrow('--reported');
  });

  test('is known to half its last digit, and to what sums in single or half precision leave', () => {
    expect(toleranceOf(parseReported('1.27401'), 'float32')).toBeCloseTo(5e-6 + 1.27401e-5, 12);
    expect(toleranceOf(parseReported('1.27401'), 'float16')).toBeCloseTo(5e-6 + 2 * 1.27401e-3, 12);
  });
});
