import { describe, expect, test } from 'vitest';
import { clipped, curveSlope, curveValue } from '../../src/kernels/index.ts';
import { agree } from '../_arrays.ts';

const open = { gamma: 0, clip: 0, logFloor: -Infinity };

/** gamma, u, (1 - p)^gamma u and its slope to 16 digits, from 80-digit arithmetic. */
const known = [
  [0.5, 1e-12, 9.999999999997499e-19, 1.499999999999375e-6],
  [0.5, 0.001, 3.161487255430596e-5, 0.0474144064306067],
  [0.5, 0.1, 0.030848433017584612, 0.4551429007295227],
  [0.5, 1, 0.7950600976206501, 1.0264133263088857],
  [0.5, 800, 800, 1],
  [1, 1e-12, 9.999999999995e-25, 1.9999999999985e-12],
  [1, 0.1, 0.009516258196404044, 0.1856463237676364],
  [1, 5, 4.966310265004573, 1.026951787996342],
  [2, 1e-12, 9.99999999999e-37, 2.999999999996e-24],
  [2, 0.001, 9.990005830834194e-10, 2.9960029151672694e-6],
  [2, 0.1, 0.0009055917006062714, 0.026277249997658257],
  [2, 1, 0.39957640089372803, 0.8646647167633873],
  [2, 5, 4.932847529657958, 1.0534949766248214],
  [2, 50, 50, 1],
  [5, 0.1, 7.80424840514033e-7, 4.4906940612918094e-5],
  [5, 1, 0.10092519027486131, 0.3946057396564811],
] as const;

describe('the focal curve', () => {
  test.each(known)('gamma %d at u = %d is %d', (gamma, u, value) => {
    expect(agree(curveValue(u, { ...open, gamma }), value, 1e-14)).toBe(true);
  });

  test.each(known)('gamma %d at u = %d, of value %d, has the slope %d', (gamma, u, _, slope) => {
    expect(agree(curveSlope(u, { ...open, gamma }), slope, 1e-14)).toBe(true);
  });

  test.each([0, 0.5, 1, 2, 5])('gamma %d is 0 at u = 0 and infinite, with slope 1, at infinity', (gamma) => {
    expect(curveValue(0, { ...open, gamma })).toBe(0);
    expect(curveValue(Infinity, { ...open, gamma })).toBe(Infinity);
    expect(curveSlope(Infinity, { ...open, gamma })).toBe(1);
  });

  test('of gamma 0 is the identity with slope 1', () => {
    for (const u of [0, 1e-300, 3, 1e300]) expect([curveValue(u, open), curveSlope(u, open)]).toEqual([u, 1]);
  });

  test('has no slope at p = 1 for gamma between 0 and 1, and slope 0 for gamma from 1 on', () => {
    expect(curveSlope(0, { ...open, gamma: 0.5 })).toBeNaN();
    expect(curveSlope(1e-17, { ...open, gamma: 0.5 })).toBeNaN();
    expect([1, 2, 5].map((gamma) => curveSlope(0, { ...open, gamma }))).toEqual([0, 0, 0]);
  });

  test('of NaN is NaN', () => {
    expect(curveValue(Number.NaN, { ...open, gamma: 2 })).toBeNaN();
    expect(curveValue(Number.NaN, open)).toBeNaN();
  });
});

describe('clipping p to [0.1, 0.9]', () => {
  const curve = { ...open, clip: 0.1 };

  test('holds u between -ln 0.9 and -ln 0.1', () => {
    expect(clipped(0, curve)).toBeCloseTo(-Math.log(0.9), 15);
    expect(clipped(1, curve)).toBe(1);
    expect(clipped(50, curve)).toBeCloseTo(-Math.log(0.1), 15);
    expect(clipped(Infinity, curve)).toBeCloseTo(-Math.log(0.1), 15);
  });

  test('has no slope where it holds', () => {
    expect([0, 1, 50].map((u) => curveSlope(u, curve))).toEqual([0, 1, 0]);
    expect(curveSlope(50, { ...curve, gamma: 2 })).toBe(0);
  });

  test('acts on both factors of the focal loss', () => {
    expect(curveValue(50, { ...curve, gamma: 2 })).toBeCloseTo(-(0.9 ** 2) * Math.log(0.1), 14);
  });
});

describe('a floor of -3 under ln p', () => {
  const curve = { ...open, logFloor: -3 };

  test('caps the loss at 3 and leaves the rest', () => {
    expect([0, 2.9, 3, 4, Infinity].map((u) => curveValue(u, curve))).toEqual([0, 2.9, 3, 3, 3]);
  });

  test('acts on the logarithm alone in the focal loss', () => {
    expect(curveValue(4, { ...curve, gamma: 2 })).toBeCloseTo(3 * (1 - Math.exp(-4)) ** 2, 14);
    expect(curveValue(Infinity, { ...curve, gamma: 2 })).toBe(3);
  });

  test('leaves no slope below it but that of the focal factor', () => {
    expect([0, 2.9, 4, Infinity].map((u) => curveSlope(u, curve))).toEqual([1, 1, 0, 0]);
    expect(curveSlope(4, { ...curve, gamma: 2 })).toBeCloseTo(2 * Math.exp(-4) * (1 - Math.exp(-4)) * 3, 14);
    expect(curveSlope(Infinity, { ...curve, gamma: 2 })).toBe(0);
  });
});

test('every slope is the central difference of the value', () => {
  const h = 1e-6;
  const curves = [0, 0.5, 1, 2, 5].flatMap((gamma) => [
    { ...open, gamma },
    { ...open, gamma, clip: 0.1 },
    { ...open, gamma, logFloor: -1 },
  ]);
  for (const curve of curves) {
    for (const u of [0.05, 0.3, 0.9, 1.1, 2, 4, 9]) {
      const difference = (curveValue(u + h, curve) - curveValue(u - h, curve)) / (2 * h);
      expect(curveSlope(u, curve), JSON.stringify({ curve, u })).toBeCloseTo(difference, 8);
    }
  }
});
