import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Evaluation } from '../../src/core/index.ts';
import { lossValue } from '../../src/measure/evaluate.ts';
import { Measurements } from '../../src/measure/measurements.ts';
import { agree, caseOf, evaluate, measurementsOf, type Picture, seeded } from '../_arrays.ts';
import { anyPicture } from '../losses/_pictures.ts';

type Typed = readonly [text: string, ...terms: (readonly [factor: number, spec: string])[]];

const sums: readonly Typed[] = [
  ['dice + 0.5*ce', [1, 'dice'], [0.5, 'ce']],
  ['2*focal:gamma=3 - dice', [2, 'focal:gamma=3'], [-1, 'dice']],
  [
    'boundary + dice:form=negative,background=false + ss',
    [1, 'boundary'],
    [1, 'dice:form=negative,background=false'],
    [1, 'ss'],
  ],
  ['dice + focal:activation=sigmoid', [1, 'dice'], [1, 'focal:activation=sigmoid']],
  ['3*topk:k=60', [3, 'topk:k=60']],
];

/** dL/dx of every stored value, by central differences. */
function differences(picture: Picture, { spec, wired }: Evaluation): Float64Array {
  const x = Float64Array.from(picture.prediction);
  const source = caseOf({ ...picture, prediction: x });
  const at = (k: number, moved: number): number => {
    const own = x[k] ?? 0;
    x[k] = own + moved;
    const { value } = lossValue(spec, new Measurements(source), wired);
    x[k] = own;
    return value;
  };
  return x.map((_, k) => (at(k, 1e-5) - at(k, -1e-5)) / 2e-5);
}

describe.each(sums.map(([text, ...terms]) => ({ text, terms })))('$text', ({ text, terms }) => {
  const pictures = anyPicture({ kinds: ['binary', 'exclusive'], size: 30 });

  test('is the weighted sum of its terms, each as it would be alone', () => {
    fc.assert(
      fc.property(pictures, (picture) => {
        const whole = evaluate(picture, text);
        const parts = terms.map(([factor, spec]) => ({ factor, ...evaluate(picture, spec) }));
        for (const key of ['value', 'uniform', 'prior'] as const) {
          const sum = parts.reduce((total, part) => total + part.factor * part[key], 0);
          expect(agree(whole[key], sum, 1e-12), `${key} ${whole[key]} ${sum}`).toBe(true);
        }
        expect(whole.terms?.map(({ factor, spec, value }) => [factor, spec.text, value.value])).toEqual(
          parts.map(({ factor, spec, value }) => [factor, spec.text, value]),
        );
      }),
      seeded(20),
    );
  });

  test('has the gradient of the sum, and says how its terms pull', () => {
    fc.assert(
      fc.property(pictures, (picture) => {
        const whole = evaluate(picture, text);
        if (!Number.isFinite(whole.value)) return;
        const g = differences(picture, whole);
        const l2 = Math.hypot(...g);
        expect(Math.abs((whole.gradient?.l2 ?? Number.NaN) - l2)).toBeLessThan(1e-6 * l2 + 1e-8);
        const pulls = whole.gradient?.terms ?? [];
        expect(pulls).toHaveLength(terms.length === 1 ? 0 : terms.length);
        terms.forEach(([factor, spec], k) => {
          const alone = evaluate(picture, spec).gradient?.l2 ?? Number.NaN;
          if (pulls[k] !== undefined) expect(agree(pulls[k].l2, Math.abs(factor) * alone, 1e-9)).toBe(true);
        });
        if (pulls.length !== 2) return;
        const [a, b] = pulls.map((pull) => pull.l2) as [number, number];
        if (!(a > 1e-6 && b > 1e-6)) return;
        const cosine = pulls[0]?.cosines[1] ?? Number.NaN;
        expect(Math.abs(a * a + b * b + 2 * a * b * cosine - l2 * l2)).toBeLessThan(1e-5 * (a + b) ** 2);
        expect((pulls[0]?.share ?? 0) + (pulls[1]?.share ?? 0)).toBeCloseTo(1, 12);
      }),
      seeded(15),
    );
  });
});

const picture: Picture = {
  prediction: [0.7, 0.2, 0.1, 0.4, 0.1, 0.5, 0.3, 0.3, 0.2, 0.3, 0.6, 0.3],
  target: [0, 1, 2, 1],
  spatial: [2, 2],
  channels: 3,
  activation: 'softmax',
};

describe('a sum fed with probabilities', () => {
  test('wires every term for itself', () => {
    const { wired, proper, value, properValue, floor, lowerBound } = evaluate(picture, 'dice + ce');
    expect(wired.terms?.map(({ steps }) => steps)).toEqual([[], ['softmax']]);
    expect(proper.terms?.map(({ steps }) => steps)).toEqual([[], []]);
    expect(wired.steps).toEqual(['softmax']);
    expect(value).toBeCloseTo(evaluate(picture, 'dice').value + evaluate(picture, 'ce').value, 14);
    expect(properValue.value).toBeCloseTo(
      evaluate(picture, 'dice').value + evaluate(picture, 'ce:from=probabilities').value,
      14,
    );
    expect(lowerBound).toBeCloseTo(0, 10);
    expect(floor).toBeCloseTo(evaluate(picture, 'ce').floor, 10);
  });

  test('keeps to the terms when the target is read otherwise, and drops them for a view of its own', () => {
    const { spec, wired } = evaluate(picture, 'dice + ce');
    const all = measurementsOf(picture);
    const without = { ...wired, ignore: [2] };
    const ignored = { ...picture, ignore: [2] };
    expect(lossValue(spec, all, without).value).toBeCloseTo(evaluate(ignored, 'dice + ce').value, 14);
    const { terms, ...plain } = wired;
    expect(terms).toHaveLength(2);
    expect(lossValue(spec, all, plain).value).toBeCloseTo(
      evaluate(picture, 'dice:from=logits').value + evaluate(picture, 'ce').value,
      14,
    );
  });
});

test('with a negative factor nothing is known to bound a sum from below', () => {
  const { floor, lowerBound } = evaluate(picture, 'ce - dice');
  expect([floor, lowerBound]).toEqual([-Infinity, -Infinity]);
});

test('the contributions of the terms are brought to one scale', () => {
  const { contributions, value } = evaluate(picture, 'dice + 0.5*ce');
  expect(contributions?.reduce((a, b) => a + b, 0)).toBeCloseTo(value, 12);
  expect(evaluate(picture, 'ce - dice').contributions).toBeNull();
});

test('a loss that is no sum has no terms', () => {
  const { terms, gradient } = evaluate(picture, 'dice');
  expect([terms, gradient?.terms]).toEqual([undefined, undefined]);
});
