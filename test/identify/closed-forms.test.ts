import { describe, expect, test } from 'vitest';
import { parseReported } from '../../src/diagnose/typed.ts';
import { formulas } from '../../src/formulas/index.ts';
import { identifyNumber } from '../../src/identify/closed-forms.ts';

const identify = (text: string, classes: number | null = null, foreground: number | null = null) =>
  identifyNumber(parseReported(text), { classes, foreground }, formulas);

describe('a bare number', () => {
  test.each([
    ['1.27401', null, null, 'double-softmax', '8 classes'],
    ['1.5430', 11, null, 'double-softmax', '11 classes'],
    ['2.0310', 19, null, 'double-softmax', '19 classes'],
    ['0.6931', 2, null, 'constant-predictor', 'ln 2'],
    ['2.9444', 19, null, 'constant-predictor', 'ln 19'],
    ['0.8000', 5, null, 'constant-predictor', '1 - 1/5'],
    ['0.3251', 2, 0.1, 'constant-predictor', 'entropy of 0.1'],
    ['0.6552', 2, 0.1, 'double-sigmoid', 'sigmoid applied twice'],
    ['16.118', null, null, 'clamp', '1e-7'],
    ['15.942', null, null, 'clamp', 'other clip'],
    ['100', null, null, 'clamp', 'BCELoss'],
    ['1.992', 2, null, 'target-0-255', '255'],
    ['0.9901', 2, null, 'dice-smooth', 'smoothing 1'],
    ['65504', null, null, 'overflow', 'half precision'],
  ])('%s (classes %s, foreground %s) is %s', (text, classes, foreground, formula, words) => {
    const found = identify(text, classes, foreground);
    expect(found).toMatchObject({ verdict: 'explained', matches: [{ formula }] });
    expect(found.matches[0]?.departures[0]).toContain(words);
  });

  test('of two digits is not told', () => {
    expect(identify('0.69', 2).verdict).toBe('too-few-digits');
  });

  test('that is two constants at once is ambiguous', () => {
    // 1 - 1/3 and 1 - 1/3 are one; ln 2 = 0.693 and nothing else; 0.950 is 1 - 1/20 and no other.
    expect(identify('0.500').verdict).toBe('explained');
    expect(identify('0.99', 100).verdict).toBe('too-few-digits');
    expect(identify('0.990', 100)).toMatchObject({ verdict: 'ambiguous', matches: [{}, {}] });
  });

  test('that is none is turned round: what would have to be true', () => {
    const [prior] = identify('0.1985').compatible ?? [];
    expect(prior).toMatchObject({ formula: 'constant-predictor', because: expect.stringContaining(' 5 %') });
    expect(identify('-274.9').compatible?.[0]).toMatchObject({ formula: 'target-0-255' });
    expect(identify('201768').compatible?.[0]).toMatchObject({ formula: 'sum' });
    expect(identify('3.33')).not.toHaveProperty('compatible');
  });
});
