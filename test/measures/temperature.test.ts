import { expect, test } from 'vitest';
import { view } from '../../src/core/index.ts';
import { temperature } from '../../src/measures/index.ts';
import { measurementsOf, random } from '../_arrays.ts';

/** Labels drawn from softmax(z), and z times `factor` as the prediction: the best temperature is that factor. */
function drawn(factor: number, channels: number, pixels: number) {
  const next = random(17);
  const prediction = new Float64Array(channels * pixels);
  const target = new Uint8Array(pixels);
  for (let i = 0; i < pixels; i++) {
    const z = Array.from({ length: channels }, () => 6 * next() - 3);
    const all = z.reduce((sum, own) => sum + Math.exp(own), 0);
    const mark = next() * all;
    let passed = 0;
    for (const [c, own] of z.entries()) {
      if (passed <= mark) target[i] = c;
      passed += Math.exp(own);
    }
    for (const [c, own] of z.entries()) prediction[c * pixels + i] = factor * own;
  }
  return { channels, spatial: [pixels / 100, 100], prediction, target };
}

test.each([0.5, 1, 3])('a planted temperature of %d is found', (planted) => {
  const found = measurementsOf(drawn(planted, 4, 8000)).get(temperature, view(['softmax']));
  expect(found.pixels).toBe(8000);
  expect(found.temperature / planted).toBeCloseTo(1, 1);
  expect(found.after).toBeLessThanOrEqual(found.before);
});

test('a large input is sampled, the same pixels every time', () => {
  const picture = drawn(2, 3, 120_000);
  const [first, second] = [1, 2].map(() => measurementsOf(picture).get(temperature, view(['softmax'])));
  expect(first).toEqual(second);
  expect(first?.pixels).toBeGreaterThan(5000);
  expect(first?.pixels).toBeLessThan(20_000);
  expect(first?.temperature).toBeGreaterThan(1.9);
  expect(first?.temperature).toBeLessThan(2.1);
});

/** sigmoid(2 z) where the truth follows sigmoid(z). */
const next = random(3);
const scores = Float64Array.from({ length: 8000 }, () => 6 * next() - 3);
const truth = Uint8Array.from(scores, (z) => (next() < 1 / (1 + Math.exp(-z)) ? 1 : 0));

test('of one channel logits and probabilities give the same temperature', () => {
  const picture = { channels: 1, spatial: [80, 100], target: truth };
  const logits = { ...picture, prediction: scores.map((z) => 2 * z) };
  const probabilities = { ...picture, prediction: scores.map((z) => 1 / (1 + Math.exp(-2 * z))) };
  const one = measurementsOf(logits).get(temperature, view(['sigmoid']));
  const other = measurementsOf(probabilities).get(temperature, view([], { logs: 'rounded' }));
  expect(one.temperature).toBeCloseTo(2, 0);
  expect(other.temperature).toBeCloseTo(one.temperature, 3);
  expect(other.after).toBeCloseTo(one.after, 6);
});

test('a prediction that is never wrong has no lowest temperature: the search ends at its edge', () => {
  const picture = { channels: 1, spatial: [1, 4], prediction: [2, -2, 3, -1], target: [1, 0, 1, 0] };
  const found = measurementsOf(picture).get(temperature, view(['sigmoid']));
  expect(found.temperature).toBeLessThan(0.1);
  expect(found.after).toBeLessThan(1e-6);
});

test('without a valid pixel there is none', () => {
  const picture = { channels: 1, spatial: [1, 2], prediction: [1, 2], target: [255, 255], ignore: [255] };
  expect(measurementsOf(picture).get(temperature, view(['sigmoid'])).temperature).toBeNaN();
});

test('a class that is masked out by -Infinity changes nothing', () => {
  const picture = drawn(2, 3, 3000);
  const masked = new Float64Array(4 * 3000).fill(-Infinity);
  masked.set(picture.prediction);
  const [with3, with4] = [picture, { ...picture, channels: 4, prediction: masked }].map((it) =>
    measurementsOf(it).get(temperature, view(['softmax'])),
  );
  expect(with4?.temperature).toBeCloseTo(with3?.temperature ?? 0, 6);
});
