import { expect, test } from 'vitest';
import { view } from '../../src/core/index.ts';
import { calibration } from '../../src/measures/index.ts';
import { measurementsOf, random } from '../_arrays.ts';

/** Textbook expected calibration error over 15 bins. */
function expectedError(decisions: readonly { p: number; right: boolean }[]): number {
  let sum = 0;
  for (let bin = 0; bin < 15; bin++) {
    const own = decisions.filter(({ p }) => Math.min(14, Math.floor(p * 15)) === bin);
    const confidence = own.reduce((a, { p }) => a + p, 0);
    sum += Math.abs(confidence - own.filter(({ right }) => right).length);
  }
  return sum / decisions.length;
}

test('of exclusive classes the winner is asked, ignored pixels are not', () => {
  const next = random(5);
  const pixels = 4000;
  const prediction = Float64Array.from({ length: 3 * pixels }, () => 4 * next());
  const target = Uint8Array.from({ length: pixels }, () => (next() < 0.1 ? 255 : Math.floor(3 * next())));
  const picture = { channels: 3, spatial: [40, 100], prediction, target, ignore: [255] };
  const decisions = [...target].flatMap((label, i) => {
    const z = [0, 1, 2].map((c) => Math.exp(prediction[c * pixels + i] ?? 0));
    const best = Math.max(...z);
    return label === 255 ? [] : [{ p: best / z.reduce((a, b) => a + b, 0), right: z[label] === best }];
  });
  const found = measurementsOf(picture).get(calibration, view(['softmax']));
  expect(found.decisions).toBe(decisions.length);
  expect(found.error).toBeCloseTo(expectedError(decisions), 10);
  expect(found.accuracy).toBeCloseTo(decisions.filter(({ right }) => right).length / decisions.length, 12);
});

test('of one channel the likelier side is asked', () => {
  const prediction = [0.9, 0.2, 0.7, 0.6];
  const found = measurementsOf({ channels: 1, spatial: [1, 4], prediction, target: [1, 0, 0, 1] }).get(
    calibration,
    view([], { logs: 'rounded' }),
  );
  expect(found.confidence).toBeCloseTo((0.9 + 0.8 + 0.7 + 0.6) / 4, 12);
  expect(found.accuracy).toBe(0.75);
});

test('of overlapping classes every channel is asked', () => {
  const picture = {
    channels: 2,
    kind: 'multilabel',
    spatial: [1, 2],
    prediction: [0.9, 0.2, 0.8, 0.3],
    target: [1, 0, 1, 1],
  } as const;
  expect(measurementsOf(picture).get(calibration, view([], { logs: 'rounded' }))).toMatchObject({
    decisions: 4,
    accuracy: 0.75,
  });
});
