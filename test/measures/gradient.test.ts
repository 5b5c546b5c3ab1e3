import { describe, expect, test } from 'vitest';
import { gradientParts } from '../../src/measure/evaluate.ts';
import { parseLoss } from '../../src/measure/spec.ts';
import { wiredView } from '../../src/measure/wiring.ts';
import { gradientMap, gradientSum } from '../../src/measures/index.ts';
import { measurementsOf, type Picture, random } from '../_arrays.ts';

const next = random(11);
const [channels, images, pixels] = [3, 2, 2400];
const logits = Float64Array.from({ length: images * channels * pixels }, () => 30 * next() - 15);
const target = Uint8Array.from({ length: images * pixels }, (_, i) => (i % 11 === 0 ? 255 : i % channels));
const at = (i: number): number => Math.floor(i / (channels * pixels)) * channels * pixels + (i % pixels);
const odds = logits.map(Math.exp);
const softmax = odds.map((own, i) => own / [0, 1, 2].reduce((sum, c) => sum + (odds[at(i) + c * pixels] ?? 0), 0));
const picture: Picture = { prediction: logits, target, spatial: [40, 60], images, channels, ignore: [255] };

const forms = [
  ['logits', 'logits', logits],
  ['probabilities', 'softmax', softmax],
  ['log-probabilities', 'log-softmax', softmax.map(Math.log)],
] as const;

describe.each(forms)('the summary of a gradient is that of its entries, with %s', (from, activation, prediction) => {
  const losses = [
    'ce',
    'weighted-ce',
    'focal:gamma=3',
    'topk:k=5',
    'dpce',
    'ce:label-smoothing=0.1',
    'dice',
    'ss',
    'tversky:batch=true',
  ];
  test.each(losses)('%s', (name) => {
    const spec = parseLoss(`${name}${name.includes(':') ? ',' : ':'}from=${from}`);
    const view = wiredView(spec, activation, 'exclusive');
    const measurements = measurementsOf({ ...picture, prediction, activation, weights: [1, 2, 0.5] });
    const parts = gradientParts(spec, measurements, view);
    const { l2, max, perClass, vanishing } = measurements.get(gradientSum(parts), view);
    const entries = measurements.get(gradientMap(parts), view).flatMap((image) => [...image]);
    const ofClass = (y: number) => entries.map((own, i) => (target[pixelOf(i)] === y ? own : 0));
    const still = [...target].filter(
      (y, i) => y < 255 && [0, 1, 2].every((c) => Math.abs(entries[entryOf(i, c)] ?? 0) < 1e-6),
    ).length;

    expect(l2 / Math.hypot(...entries)).toBeCloseTo(1, 9);
    expect(max / Math.max(...entries.map(Math.abs))).toBeCloseTo(1, 9);
    perClass.forEach((share, y) => {
      expect(share).toBeCloseTo((Math.hypot(...ofClass(y)) / l2) ** 2, 9);
    });
    expect(vanishing).toBe(still / target.filter((y) => y < 255).length);
  });
});

function pixelOf(i: number): number {
  return Math.floor(i / (channels * pixels)) * pixels + (i % pixels);
}

function entryOf(pixel: number, channel: number): number {
  return Math.floor(pixel / pixels) * channels * pixels + channel * pixels + (pixel % pixels);
}
