import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { agree, evaluate, type Picture, seeded } from '../_arrays.ts';
import { anyPicture } from './_pictures.ts';

/** Value and norm of the gradient. */
function told(picture: Picture, spec: string): [number, number] {
  const { value, gradient } = evaluate(picture, spec);
  return [value, gradient?.l2 ?? Number.NaN];
}

function expectEqual(picture: Picture, a: string, b: string): void {
  const [x, y] = [told(picture, a), told(picture, b)];
  const same = x.every(
    (number, k) => agree(number, y[k] ?? Number.NaN, 1e-9) || Math.abs(number - (y[k] ?? 0)) < 1e-12,
  );
  expect(same, `${a} ${x}, ${b} ${y}, ${JSON.stringify(picture)}`).toBe(true);
}

/** Two spellings of one loss. */
const twins: readonly (readonly [string, string])[] = [
  ['tversky:fp=0.5,fn=0.5,smooth=1', 'dice:smooth=2'],
  ['tversky:fp=1,fn=1,smooth=1', 'iou:smooth=1'],
  ['asymmetric-similarity:beta=1,smooth=1', 'dice:smooth=2'],
  ['asymmetric-similarity:beta=2,batch=true', 'tversky:fp=0.2,fn=0.8,batch=true'],
  ['focal-tversky:exponent=1', 'tversky'],
  ['focal-tversky:exponent=1,over=mean', 'tversky'],
  ['penalty-gd:penalty=0', 'generalized-dice'],
  ['generalized-dice:volume-added=0,absent=skip', 'generalized-dice:absent=skip'],
  ['lovasz-softmax:per-image=false', 'lovasz-softmax'],
];

describe('losses that are the same under another name', () => {
  test.each(twins)('%s is %s', (a, b) => {
    fc.assert(
      fc.property(anyPicture({ kinds: ['binary', 'exclusive', 'multilabel'] }), (picture) =>
        expectEqual(picture, a, b),
      ),
      seeded(30),
    );
  });

  test('generalised Dice of one class is Dice, whatever the weights', () => {
    fc.assert(
      fc.property(
        anyPicture({ kinds: ['binary'] }),
        fc.constantFrom('square', 'simple', 'uniform'),
        (picture, weights) => {
          const target = Array.from(picture.target, (g, k) => (k === 0 ? 1 : g));
          const whole = { ...picture, target, images: 1, spatial: [1, target.length] };
          const { weights: _, ...plain } = whole;
          expectEqual(plain, `generalized-dice:weights=${weights},smooth=0`, 'dice:smooth=0');
        },
      ),
      seeded(30),
    );
  });

  test('Wasserstein Dice of two classes is Dice of the foreground', () => {
    const two = anyPicture({ kinds: ['exclusive'], weighted: false }).filter(({ channels }) => channels === 2);
    fc.assert(
      fc.property(two, (picture) => expectEqual(picture, 'wasserstein-dice', 'dice:background=false')),
      seeded(30),
    );
  });

  test('IoU without smoothing follows from Dice: J = D / (2 - D)', () => {
    const one = anyPicture({ kinds: ['binary'] }).filter(({ images = 1 }) => images === 1);
    fc.assert(
      fc.property(one, (picture) => {
        const d = 1 - evaluate({ ...picture, weights: [1, 1] }, 'dice:smooth=0').value;
        const j = 1 - evaluate({ ...picture, weights: [1, 1] }, 'iou:smooth=0').value;
        expect(agree(j, d / (2 - d), 1e-10) || Math.abs(j) < 1e-14).toBe(true);
      }),
      seeded(40),
    );
  });
});

const some = [0.5, -1, 2, 0.25, 1, 0, -2, 0.75, -0.5, 1.5, 0.1, -0.3];
const three = { prediction: some, spatial: [2, 2], channels: 3 } as const;
const one = { prediction: some.slice(0, 4), spatial: [2, 2], channels: 1 } as const;
const void255 = { target: [255, 255, 255, 255], ignore: [255] } as const;

describe('where nothing is left', () => {
  test.each([
    ['iou', 0, 0],
    ['tversky', 0, 0],
    ['focal-tversky', 0, 0],
    ['iou:absent=skip', Number.NaN, 0],
    ['iou:smooth=0', Number.NaN, 0],
    ['iou:form=negative', -1, 0],
    ['generalized-dice', 0, 0],
    ['generalized-dice:smooth=0', Number.NaN, 0],
    ['penalty-gd', 0, 0],
    ['wasserstein-dice', 0, 0],
    ['lovasz-softmax', 0, 0],
    ['lovasz-softmax:absent=keep', 0, 0],
    ['mcc', 1, 0],
    ['mcc:smooth=0', Number.NaN, 0],
    ['cldice', 0, 0],
    ['distance-dice', 0, 0],
  ])('%s is %d with a gradient of norm %d when every pixel is ignored', (spec, value, norm) => {
    expect(told({ ...three, ...void255 }, spec)).toEqual([value, norm]);
  });

  test('the hinge of nothing is 0', () => {
    expect(told({ ...one, ...void255 }, 'lovasz-hinge')).toEqual([0, 0]);
  });

  test('clDice after the first channel of one is 0, as in MONAI', () => {
    const picture = { ...one, target: [1, 0, 0, 1] };
    expect(told(picture, 'cldice:channels=after-first')).toEqual([0, 0]);
    expect(evaluate(picture, 'cldice').value).toBeGreaterThan(0);
  });

  test('an absent class decides generalised Dice by what it weighs', () => {
    const picture = { ...three, target: [0, 0, 1, 1] };
    const kept = told(picture, 'generalized-dice:absent=keep,volume-added=1e-10,smooth=1e-5');
    expect(kept[0]).toBeCloseTo(1, 6);
    expect(kept[1]).toBeLessThan(1e-6);
    expect(told(picture, 'generalized-dice')[1]).toBeGreaterThan(1e-3);
    expect(evaluate(picture, 'generalized-dice:absent=keep').value).toBeNaN();
  });
});

describe('what the libraries do differently', () => {
  const picture: Picture = { ...three, target: [255, 1, 2, 0], ignore: [255] };

  test('a masked input leaves 1/C on every ignored pixel', () => {
    const at = (first: number): Picture => ({
      ...picture,
      prediction: some.map((x, k) => (k % 4 === 0 ? first : x)),
    });
    expect(evaluate(picture, 'dice:ignored=masked-input').value).toBeCloseTo(
      evaluate(at(0), 'dice:ignored=zero-rows').value,
      14,
    );
    expect(evaluate(at(7), 'iou:ignored=masked-input').value).toBe(evaluate(picture, 'iou:ignored=masked-input').value);
  });

  test('a masked input of probabilities is as good as dropping them', () => {
    const p = { ...picture, prediction: some.map((x) => Math.abs(x) / 4), activation: 'softmax' } as const;
    expectEqual(p, 'dice:ignored=masked-input', 'dice');
  });

  test('a sum is the mean times the number of scores', () => {
    for (const id of ['dice', 'iou', 'tversky']) {
      expect(evaluate(picture, `${id}:reduction=sum`).value).toBeCloseTo(3 * evaluate(picture, id).value, 12);
    }
  });

  test('eps holds up an index before its logarithm', () => {
    const wrong: Picture = { ...three, prediction: some.map((_, k) => (k < 4 ? 800 : 0)), target: [1, 1, 1, 1] };
    const spec = 'iou:form=log,smooth=0,absent=zero,batch=true';
    expect(evaluate(wrong, spec).value).toBe(Infinity);
    expect(evaluate(wrong, `${spec},eps=1e-7`).value).toBeCloseTo(-Math.log(1e-7) / 3, 12);
  });

  test('Lovasz-softmax of hard predictions is 1 - IoU over the classes that are present', () => {
    const hard: Picture = { ...three, target: [0, 0, 1, 1], prediction: [1, 0, 1, 0, 0, 1, 0, 1, 0, 0, 0, 0] };
    const { value, perClass } = evaluate({ ...hard, activation: 'softmax' }, 'lovasz-softmax');
    expect(value).toBeCloseTo(2 / 3, 14);
    expect(perClass).toEqual([expect.closeTo(2 / 3, 14), expect.closeTo(2 / 3, 14), null]);
  });

  test('MCC of raw logits may be the root of a negative number', () => {
    const raw = { ...one, prediction: [3, -9, -9, 4], target: [1, 0, 0, 1] };
    expect(evaluate(raw, 'mcc:from=probabilities').value).toBeNaN();
    expect(evaluate(raw, 'mcc').value).toBeLessThan(0.1);
  });

  test('Wasserstein Dice wants a distance for every pair of classes', () => {
    const typed = 'wasserstein-dice:distances=0/1/1/0';
    expect(() => evaluate({ ...three, target: [0, 1, 2, 0] }, typed)).toThrow(/3 classes are 9 numbers, not 4/);
  });

  test('Wasserstein Dice forgives a mistake between classes that are close', () => {
    const near = { ...three, target: [1, 1, 2, 2], prediction: [0, 0, 0, 0, 0, 0, 3, 3, 3, 3, 0, 0] };
    const close = evaluate(near, 'wasserstein-dice:distances=0/1/1/1/0/0.1/1/0.1/0').value;
    expect(close).toBeLessThan(evaluate(near, 'wasserstein-dice').value / 2);
  });

  test('a Dice with weighted hits falls below 0', () => {
    const line = { target: [0, 0, 1, 1, 1, 0, 0], spatial: [1, 7], channels: 1, activation: 'sigmoid' } as const;
    expect(evaluate({ ...line, prediction: line.target }, 'distance-dice').value).toBeLessThan(-0.3);
  });
});
