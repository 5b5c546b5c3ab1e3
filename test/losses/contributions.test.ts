import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Evaluation, Loss } from '../../src/core/index.ts';
import { losses } from '../../src/losses/index.ts';
import { agree, evaluate, type Picture, random, seeded } from '../_arrays.ts';
import { exceptionsOf } from './_exceptions.ts';
import { anyPicture } from './_pictures.ts';
import { variants } from './_variants.ts';

const all = losses.map((loss) => ({ id: loss.id, loss }));

/** Any spelling whose value is a fixed multiple of the sum over its classes. */
function linearVariants(loss: Loss, channels: number): string[] {
  const { nonlinear } = exceptionsOf(loss.id);
  return variants(loss, channels).filter((spec) => !nonlinear?.test(spec));
}

function sumOf({ contributions }: Evaluation): number | null {
  return contributions === null ? null : contributions.reduce((a, b) => a + b, 0);
}

describe.each(all)('the contributions of the classes to $id', ({ loss }) => {
  test('add up to the value times a factor that only the target decides', () => {
    const cases = anyPicture({ kinds: loss.kinds }).chain((picture) =>
      fc.tuple(fc.constant(picture), fc.constantFrom(...linearVariants(loss, picture.channels)), fc.integer()),
    );
    fc.assert(
      fc.property(cases, ([picture, spec, seed]) => {
        const next = random(seed);
        const other = { ...picture, prediction: Array.from(picture.prediction, () => 4 * next() - 2) };
        const [a, b] = [evaluate(picture, spec), evaluate(other, spec)];
        const [sumA, sumB] = [sumOf(a), sumOf(b)];
        if (sumA === null || sumB === null || !Number.isFinite(a.value + b.value)) return;
        const note = `${spec} ${JSON.stringify(picture)}: ${sumA} of ${a.value}, ${sumB} of ${b.value}`;
        expect(agree(sumA * b.value, sumB * a.value, 1e-10) || Math.abs(sumA * b.value) < 1e-20, note).toBe(true);
      }),
      seeded(30),
    );
  });
});

const picture: Picture = {
  prediction: [2, 0, 1, -1, 0.5, 1, 0, 1, -2, 1, 0, 0, -1, 2, 0, 1, 1, -1],
  target: [0, 0, 1, 2, 2, 2],
  spatial: [2, 3],
  channels: 3,
};

/** Share of each class. */
function shares({ contributions }: Evaluation): number[] {
  const sum = contributions?.reduce((a, b) => a + b, 0) ?? Number.NaN;
  return contributions?.map((part) => part / sum) ?? [];
}

/** The value with only the pixels of one class, the rest ignored. */
function only(id: number, spec: string): number {
  const kept = { ...picture, target: Array.from(picture.target, (label) => (label === id ? id : 255)), ignore: [255] };
  return evaluate(kept, spec).value;
}

describe('the contribution of a class', () => {
  test.each(['ce', 'focal', 'nll', 'focal:alpha=1/2/3'])('to %s is what its pixels alone give', (spec) => {
    const typed = `${spec}${spec.includes(':') ? ',' : ':'}reduction=sum`;
    const own = [0, 1, 2].map((id) => only(id, typed));
    const total = own.reduce((a, b) => a + b, 0);
    shares(evaluate(picture, typed)).forEach((share, id) => {
      expect(share).toBeCloseTo((own[id] ?? 0) / total, 12);
    });
  });

  test('to weighted-ce is what its pixels alone give, times its weight', () => {
    const weights = [3, 1, 0.5];
    const own = [0, 1, 2].map((id) => only(id, 'ce:reduction=sum') * (weights[id] ?? 1));
    const total = own.reduce((a, b) => a + b, 0);
    shares(evaluate({ ...picture, weights }, 'weighted-ce')).forEach((share, id) => {
      expect(share).toBeCloseTo((own[id] ?? 0) / total, 12);
    });
  });

  test('to dpce is what its pixels weigh, ignored ones being a boundary as well', () => {
    const own = [0, 1, 2].map(
      (id) => only(id, 'dpce') * Array.from(picture.target).filter((label) => label === id).length,
    );
    const total = own.reduce((a, b) => a + b, 0);
    shares(evaluate(picture, 'dpce')).forEach((share, id) => {
      expect(share).toBeCloseTo((own[id] ?? 0) / total, 12);
    });
  });

  test('to a weighted Dice loss carries its weight', () => {
    const plain = evaluate(picture, 'dice');
    const weighed = evaluate({ ...picture, weights: [1, 0, 2] }, 'dice');
    expect(weighed.perClass).toEqual(plain.perClass);
    const [a = 0, , c = 0] = plain.perClass ?? [];
    expect(shares(weighed)).toEqual([expect.closeTo((a ?? 0) / ((a ?? 0) + 2 * (c ?? 0)), 12), 0, expect.any(Number)]);
  });

  test('to a Dice loss that skips absent classes counts the images it is in', () => {
    const batch: Picture = { ...picture, images: 2, spatial: [1, 3], target: [0, 1, 2, 2, 2, 2] };
    const { value, contributions } = evaluate(batch, 'dice:absent=skip');
    expect((contributions ?? []).reduce((a, b) => a + b, 0)).toBeCloseTo(4 * value, 12);
  });

  test('without weight is 0 even where its loss is infinite', () => {
    const hard: Picture = {
      prediction: [0, 1, 1, 0],
      target: [0, 1],
      spatial: [1, 2],
      channels: 2,
      activation: 'softmax',
      weights: [0, 1],
    };
    for (const id of ['ce', 'weighted-ce', 'dpce']) {
      const { contributions, value } = evaluate({ ...hard, prediction: [0, 0.5, 1, 0.5] }, `${id}:from=probabilities`);
      expect(contributions?.[0], id).toBe(0);
      expect(value, id).toBeGreaterThan(0);
      expect(value, id).toBeLessThan(2);
    }
  });

  test('to a binary loss is that of its side', () => {
    const binary: Picture = { prediction: [-1, 2, 0.5], target: [0, 1, 1], spatial: [1, 3], channels: 1 };
    const softplus = (x: number): number => Math.log1p(Math.exp(x));
    const { contributions } = evaluate(binary, 'bce-logits');
    expect(contributions).toEqual([
      expect.closeTo(softplus(-1), 14),
      expect.closeTo(softplus(-2) + softplus(-0.5), 14),
    ]);
  });

  test('is not told where the value does not split', () => {
    expect(evaluate(picture, 'topk:k=50').contributions).toBeNull();
    expect(evaluate(picture, 'dice:form=negative').contributions).toBeNull();
  });
});
