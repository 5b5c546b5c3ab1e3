import { describe, expect, test } from 'vitest';
import { describeCurve } from '../../src/identify/curve.ts';
import { random } from '../_arrays.ts';

const next = random(5);
const steps = (n: number, value: (i: number) => number): number[] => Array.from({ length: n }, (_, i) => value(i));
const noise = (size: number): number => size * (next() - 0.5);

describe('the course of a curve', () => {
  test('a frozen value is a plateau from the start, known exactly', () => {
    expect(describeCurve(steps(40, () => 1.27401))).toMatchObject({
      course: 'plateau',
      plateau: { from: 0, uncertainty: expect.closeTo(0, 12), level: expect.closeTo(1.27401, 12) },
    });
  });

  test('a fall that has ended is a plateau, and its level lies within the uncertainty', () => {
    const { course, plateau } = describeCurve(steps(400, (i) => Math.LN2 + 2 * Math.exp(-i / 15) + noise(0.01)));
    expect(course).toBe('plateau');
    expect(plateau?.from).toBeGreaterThan(20);
    expect(plateau?.from).toBeLessThan(150);
    expect(Math.abs((plateau?.level ?? 0) - Math.LN2)).toBeLessThan(2 * (plateau?.uncertainty ?? 0) + 1e-9);
  });

  test('a fall that goes on is none', () => {
    expect(describeCurve(steps(100, (i) => 1 / (1 + i / 10) + noise(0.002))).course).toBe('falling');
  });

  test('the first value that is no number counts, wherever the curve was', () => {
    expect(describeCurve([1, 0.5, 0.25, Number.NaN, 0.2])).toMatchObject({
      course: 'not-finite',
      notFinite: 3,
      lowest: 0.25,
    });
    expect(describeCurve([Infinity])).toMatchObject({ course: 'not-finite', notFinite: 0 });
  });

  test('a curve that ends half as high again as its lowest stretch diverges; one that ends a third higher does not', () => {
    const bowl = (rise: number): number[] => steps(100, (i) => (i < 50 ? 1 - i / 100 : 0.5 + (rise * (i - 50)) / 50));
    expect(describeCurve(bowl(0.4)).course).toBe('diverging');
    expect(describeCurve(bowl(0.1)).course).not.toBe('diverging');
  });

  test('a negative loss that keeps falling does not diverge upwards', () => {
    expect(describeCurve(steps(100, (i) => -i)).course).toBe('falling');
  });

  test('a swing of a tenth of the level is an oscillation with its period; noise of that size is not', () => {
    expect(describeCurve(steps(120, (i) => 0.5 + 0.1 * Math.sin((2 * Math.PI * i) / 10) + noise(0.01)))).toMatchObject({
      course: 'oscillating',
      period: 10,
    });
    expect(describeCurve(steps(120, (i) => 0.5 + 0.1 * (i % 2)))).toMatchObject({ course: 'oscillating', period: 2 });
    expect(describeCurve(steps(120, () => 0.5 + noise(0.2))).course).toBe('plateau');
  });

  test('seven values are too few, eight are not; none are none', () => {
    expect(describeCurve(steps(7, () => 1)).course).toBe('too-short');
    expect(describeCurve(steps(8, () => 1)).course).toBe('plateau');
    expect(describeCurve([])).toMatchObject({ course: 'too-short', steps: 0 });
  });
});
