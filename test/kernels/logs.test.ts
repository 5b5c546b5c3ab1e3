import { describe, expect, test } from 'vitest';
import {
  add,
  affine,
  exp,
  multiply,
  negate,
  negLog,
  negLogComplement,
  pick,
  sigmoid,
  sigmoidBackward,
  sigmoidWithLogs,
} from '../../src/kernels/index.ts';
import { agree } from '../_arrays.ts';

/** z, sigmoid(z) and ln(1 + exp(z)) to 16 digits, from 80-digit arithmetic. */
const known = [
  [0, 0.5, Math.LN2],
  [5e-324, 0.5, Math.LN2],
  [-5e-324, 0.5, Math.LN2],
  [1e-300, 0.5, Math.LN2],
  [1e-8, 0.5000000025, 0.6931471855599454],
  [-1e-8, 0.4999999975, 0.6931471755599453],
  [0.5, 0.6224593312018546, 0.9740769841801067],
  [-0.5, 0.37754066879814546, 0.4740769841801067],
  [1, 0.7310585786300049, 1.3132616875182228],
  [-1, 0.2689414213699951, 0.3132616875182228],
  [10, 0.9999546021312976, 10.000045398899218],
  [-10, 4.5397868702434395e-5, 4.539889921686465e-5],
  [36.7, 0.9999999999999999, 36.7],
  [-36.7, 1.1518409493076095e-16, 1.1518409493076095e-16],
  [40, 1, 40],
  [-40, 4.248354255291589e-18, 4.248354255291589e-18],
  [-100, 3.720075976020836e-44, 3.720075976020836e-44],
  [709, 1, 709],
  [-709, 1.216780750623423e-308, 1.216780750623423e-308],
  [745, 1, 745],
  [-745, 5e-324, 5e-324],
  [1e4, 1, 1e4],
  [-1e4, 0, 0],
  [Infinity, 1, Infinity],
  [-Infinity, 0, 0],
  [Number.NaN, Number.NaN, Number.NaN],
] as const;

/** Runs a kernel over one channel of the given values. */
function over(values: readonly number[], kernel: (x: Float64Array, out: Float64Array) => void): number[] {
  const out = new Float64Array(values.length);
  kernel(Float64Array.from(values), out);
  return [...out];
}

/** Sigmoid of one score, with -ln p and -ln(1 - p). */
function sigmoidOf(z: number): { p: number; up: number; down: number } {
  const [p, up, down] = [Float64Array.of(0), Float64Array.of(0), Float64Array.of(0)] as const;
  sigmoidWithLogs(Float64Array.of(z), p, up, down, 1, 1, 1);
  return { p: p[0] ?? 0, up: up[0] ?? 0, down: down[0] ?? 0 };
}

describe('sigmoid', () => {
  test.each(known)('of %d is %d, with and without its logs', (z, p) => {
    const [got = 0] = over([z], (x, out) => sigmoid(x, out, 1, 1, 1));
    expect(agree(got, p, 4e-16), `${got}`).toBe(true);
    expect(sigmoidOf(z).p).toBe(got);
  });

  test.each(known)('of %d, which is %d, has -ln(1 - p) %d; of the opposite, -ln p', (z, _, u) => {
    expect(agree(sigmoidOf(z).down, u, 4e-16), `${sigmoidOf(z).down}`).toBe(true);
    expect(sigmoidOf(-z).up).toBe(sigmoidOf(z).down);
  });

  test('with logs leaves the gap behind a short tile alone', () => {
    const row = (): Float64Array => new Float64Array(6).fill(9);
    const [p, up, down] = [row(), row(), row()];
    sigmoidWithLogs(new Float64Array(6), p, up, down, 2, 3, 2);
    expect([...p]).toEqual([0.5, 0.5, 9, 0.5, 0.5, 9]);
    expect([...up]).toEqual([Math.LN2, Math.LN2, 9, Math.LN2, Math.LN2, 9]);
    expect(down).toEqual(up);
  });

  test('the way back through a sigmoid multiplies by p (1 - p)', () => {
    const d = Float64Array.from([2, -3, 5]);
    sigmoidBackward(d, Float64Array.from([0.25, 0.5, 1]), 1, 3, 3);
    expect([...d]).toEqual([0.375, -0.75, 0]);
  });
});

describe('logs of stored probabilities', () => {
  const stored = [1, 0.5, 1e-300, 5e-324, 0, -0, -0.25, 1.5, Infinity, Number.NaN];

  test('-ln p is infinite at 0, NaN below, negative above 1', () => {
    const out = over(stored, (x, u) => negLog(x, u, 1, x.length, x.length));
    expect(out.slice(0, 6)).toEqual([0, Math.LN2, -Math.log(1e-300), -Math.log(5e-324), Infinity, Infinity]);
    expect(out.slice(6)).toEqual([Number.NaN, -Math.log(1.5), -Infinity, Number.NaN]);
  });

  test('-ln of a certain pixel is plus zero, not minus zero', () => {
    expect(over([1], (x, u) => negLog(x, u, 1, 1, 1))).toEqual([0]);
    expect(over([0], (x, u) => negLogComplement(x, u, 1, 1, 1))).toEqual([0]);
    expect(over([0], (x, u) => negate(x, u, 1, 1, 1))).toEqual([0]);
  });

  test('-ln(1 - p) is infinite at 1, NaN above', () => {
    const out = over([0, 0.5, 1, 1.5], (x, u) => negLogComplement(x, u, 1, 4, 4));
    expect(out).toEqual([0, Math.LN2, Infinity, Number.NaN]);
  });

  test('exp and its negated argument are what a log-softmax file needs', () => {
    expect(over([0, -1, -Infinity], (x, out) => exp(x, out, 1, 3, 3))).toEqual([1, Math.exp(-1), 0]);
    expect(over([0, -1, -Infinity], (x, out) => negate(x, out, 1, 3, 3))).toEqual([0, 1, Infinity]);
  });
});

test('pick takes the labelled channel, and 0 where the pixel is ignored', () => {
  const values = Float64Array.from([1, 2, 3, 4, 5, 6]);
  const out = new Float64Array(3);
  pick(values, Int32Array.from([1, 0, -1]), out, 3, 3);
  expect([...out]).toEqual([4, 2, 0]);
});

describe('arithmetic on tiles leaves the gap behind a short tile alone', () => {
  const gap = 99;
  const x = (): Float64Array => Float64Array.from([1, 2, gap, 3, 4, gap]);

  test('affine', () => {
    const out = x();
    affine(out, 2, 1, out, 2, 3, 2);
    expect([...out]).toEqual([3, 5, gap, 7, 9, gap]);
  });

  test('add', () => {
    const out = x();
    add(out, Float64Array.from([10, 20, 30, 40, 50, 60]), out, 2, 3, 2);
    expect([...out]).toEqual([11, 22, gap, 43, 54, gap]);
  });

  test('multiply', () => {
    const out = x();
    multiply(out, Float64Array.from([10, 20, 30, 40, 50, 60]), 2, 3, 2);
    expect([...out]).toEqual([10, 40, gap, 120, 200, gap]);
  });
});
