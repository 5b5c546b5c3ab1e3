import { describe, expect, test } from 'vitest';
import { type DType, type NumericData, ndarray } from '../../src/core/index.ts';
import { profilePrediction } from '../../src/interpret/prediction-profile.ts';
import { stack } from '../../src/measure/arrays.ts';
import { random } from '../_arrays.ts';

const [images, channels, height, width] = [2, 2, 90, 100];
const pixels = height * width;

/** The facts of two images of two channels, each a little longer than a tile. */
function profileOf(values: ArrayLike<number>, dtype: DType = 'float32') {
  const data: NumericData = dtype === 'float32' ? Float32Array.from(values) : Float64Array.from(values);
  return profilePrediction(stack(ndarray(data, [images, channels, height, width], dtype), 'NCHW'));
}

const next = random(9);
const logits = Array.from({ length: images * channels * pixels }, () => 8 * next() - 4);
const doubled = logits.map((z) => 1 / (1 + Math.exp(-1 / (1 + Math.exp(-z)))));

describe.each<DType>(['float32', 'float64'])('the facts of a prediction in %s', (dtype) => {
  test('are those of all values', () => {
    const values = logits.map(Math.fround);
    const { min, max, means, deviation, outsideUnit, distinct, integers, nan } = profileOf(values, dtype);
    expect({ min, max }).toEqual({ min: Math.min(...values), max: Math.max(...values) });
    expect(outsideUnit).toBe(values.filter((v) => v < -1e-3 || v > 1.001).length / values.length);
    expect({ distinct, integers, nan }).toEqual({ distinct: 257, integers: 0, nan: 0 });
    const last = values.slice(3 * pixels);
    const mean = last.reduce((a, b) => a + b, 0) / pixels;
    expect(means[3]).toBeCloseTo(mean, 6);
    expect(deviation[3]).toBeCloseTo(Math.sqrt(last.reduce((a, b) => a + (b - mean) ** 2, 0) / pixels), 6);
  });

  test('a constant channel has no deviation, however large the constant', () => {
    const values = logits.map((z, at) => (at < pixels ? 1234.56 : z));
    const { deviation, means } = profileOf(values, dtype);
    expect(deviation[0]).toBe(0);
    expect(means[0]).toBeCloseTo(1234.56, 3);
  });

  test('the first value that is not finite is the first by image, then by channel, then by place', () => {
    const values = logits.slice();
    values[pixels - 1] = Infinity;
    values[pixels + 5] = Number.NaN;
    values.fill(-Infinity, 3 * pixels);
    expect(profileOf(values, dtype)).toMatchObject({
      nan: 1,
      positiveInfinity: 1,
      negativeInfinity: pixels,
      firstNonFinite: [0, 0, height - 1, width - 1],
      nonFiniteImages: 2,
      maskedChannels: [],
    });
    values.fill(-Infinity, pixels, 2 * pixels);
    expect(profileOf(values, dtype).maskedChannels).toEqual([1]);
  });

  test('the ends of a doubled sigmoid are counted only where all values lie between them', () => {
    const share = (of: (v: number) => boolean): number => doubled.filter(of).length / doubled.length;
    const { above070, below051 } = profileOf(doubled, dtype);
    expect({ above070, below051 }).toEqual({ above070: share((v) => v > 0.7), below051: share((v) => v < 0.51) });
    const oneOut = doubled.with(-1, 0.9);
    expect(profileOf(oneOut, dtype)).toMatchObject({ above070: 0, below051: 0 });
  });

  test('the median size is looked for where a value is over 100', () => {
    expect(profileOf(logits, dtype).medianAbsolute).toBe(0);
    const { medianAbsolute, huge } = profileOf(
      logits.map((z) => 1000 * z),
      dtype,
    );
    expect(medianAbsolute).toBeGreaterThan(1700);
    expect(medianAbsolute).toBeLessThan(2000);
    expect(huge).toBeCloseTo(0.75, 2);
  });

  test('log-probabilities are known by their sum', () => {
    const logs = logits.map((z, at) => {
      const other = logits[(Math.floor(at / pixels) % 2 === 0 ? 1 : -1) * pixels + at] ?? 0;
      return -Math.log1p(Math.exp(other - z));
    });
    expect(profileOf(logs, dtype).logSumsToZero).toBe(1);
    expect(profileOf(logs.with(0, -40), dtype).logSumsToZero).toBe(1 - 1 / (images * pixels));
  });
});
