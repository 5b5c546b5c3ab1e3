import { describe, expect, test } from 'vitest';
import { gradientParts } from '../../src/measure/evaluate.ts';
import { parseLoss } from '../../src/measure/spec.ts';
import { wiredView } from '../../src/measure/wiring.ts';
import { gradientMap, gradientSum } from '../../src/measures/index.ts';
import { agree, measurementsOf, type Picture, random, valueUnder } from '../_arrays.ts';

const next = random(4);
const channels = 3;
const images = 2;
const spatial = [40, 60];
const pixels = 2400;
const prediction = Float64Array.from({ length: images * channels * pixels }, () => 4 * next() - 2);
const target = Uint8Array.from({ length: images * pixels }, (_, i) => i % channels);
const picture: Picture = { prediction, target, spatial, images, channels };

describe.each(['ce', 'dice', 'focal', 'dice + 0.5*ce'])('the gradient of %s at every stored value', (text) => {
  const spec = parseLoss(text);
  const view = wiredView(spec, 'logits', 'exclusive');
  const measurements = measurementsOf(picture);
  const parts = gradientParts(spec, measurements, view);
  const under = parts[0]?.view ?? view;
  const map = measurements.get(gradientMap(parts), under);

  test('has the norm and the largest entry of its summary', () => {
    const { l2, max } = measurements.get(gradientSum(parts), under);
    const all = map.flatMap((image) => [...image]);
    expect(all).toHaveLength(images * channels * pixels);
    expect(agree(Math.hypot(...all), l2, 1e-10)).toBe(true);
    expect(Math.max(...all.map(Math.abs))).toBe(max);
  });

  test('stands where the value stands: it is the central difference there', () => {
    for (const at of [0, 2399, 2400, 7199, 7200, 9123]) {
      const moved = (by: number): number => {
        const changed = prediction.slice();
        changed[at] = (changed[at] ?? 0) + by;
        return valueUnder({ ...picture, prediction: changed }, spec, view);
      };
      const slope = (moved(1e-4) - moved(-1e-4)) / 2e-4;
      const own = map[Math.floor(at / (channels * pixels))]?.[at % (channels * pixels)] ?? Number.NaN;
      expect(Math.abs(own - slope)).toBeLessThan(1e-9);
    }
  });
});
