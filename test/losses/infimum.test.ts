import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { agree, evaluate, type Picture, seeded } from '../_arrays.ts';
import { predicting, targetAt } from './_changes.ts';
import { anyPicture } from './_pictures.ts';

describe('with smoothed labels the infimum is reached at the best prediction for them', () => {
  test.each(['ce', 'weighted-ce', 'weighted-ce:divide-by=count', 'ce:reduction=sum'])(
    '%s: the smoothed target',
    (spec) => {
      fc.assert(
        fc.property(
          anyPicture({ kinds: ['exclusive'], weighted: false }),
          fc.constantFrom(0.1, 0.5, 1),
          (picture, e) => {
            const best = predicting(picture, (image, channel, pixel) => {
              return (1 - e) * Number(targetAt(picture, image, channel, pixel) === 1) + e / picture.channels;
            });
            const plain = spec.startsWith('weighted')
              ? { ...best, weights: new Array(picture.channels).fill(1) }
              : best;
            const typed = `${spec}${spec.includes(':') ? ',' : ':'}label-smoothing=${e},from=auto`;
            const { value, lowerBound } = evaluate(plain, typed);
            expect(agree(value, lowerBound, 1e-11), `${value} ${lowerBound}`).toBe(true);
          },
        ),
        seeded(20),
      );
    },
  );

  test.each([
    ['', 1, 1],
    [',alpha=0.2', 0.2, 0.8],
    [',pos-weight=3', 3, 1],
    [',reduction=sum', 1, 1],
  ])('bce%s: every element at its own p', (options, a, b) => {
    fc.assert(
      fc.property(
        anyPicture({ kinds: ['binary', 'multilabel'], soft: false }),
        fc.constantFrom(0.1, 0.5),
        (picture, e) => {
          const best = predicting(picture, (image, channel, pixel) => {
            const t = (1 - e) * targetAt(picture, image, channel, pixel) + e / 2;
            return t > 1 ? 0.5 : (a * t) / (a * t + b * (1 - t));
          });
          for (const id of ['bce', 'bce-logits']) {
            const { value, lowerBound } = evaluate(best, `${id}:from=auto,label-smoothing=${e}${options}`);
            expect(agree(value, lowerBound, 1e-11), `${value} ${lowerBound}`).toBe(true);
          }
        },
      ),
      seeded(20),
    );
  });

  test('classes that overlap under a softmax have 0 for a bound', () => {
    const picture: Picture = { prediction: [0, 0], target: [1, 1], spatial: [1, 1], channels: 2, kind: 'multilabel' };
    expect(evaluate(picture, 'ce:label-smoothing=0.1').lowerBound).toBe(0);
  });
});

describe('with soft targets the infimum of the binary losses', () => {
  test('is not above what the target itself scores', () => {
    fc.assert(
      fc.property(
        anyPicture({ kinds: ['binary', 'multilabel'] }),
        fc.constantFrom('', ',alpha=0.2', ',pos-weight=3', ',label-smoothing=0.1', ',reduction=sum'),
        (picture, options) => {
          const own = predicting(picture, (image, channel, pixel) =>
            Math.min(1, targetAt(picture, image, channel, pixel)),
          );
          for (const id of ['bce', 'bce-logits']) {
            const { value, lowerBound } = evaluate(own, `${id}:from=auto${options}`);
            if (Number.isNaN(value)) continue;
            expect(lowerBound, options).toBeLessThanOrEqual(value + 1e-12);
            expect(lowerBound, options).toBeGreaterThanOrEqual(0);
          }
        },
      ),
      seeded(60),
    );
  });

  test('is 4 ln 2 times t (1 - t) for a single value', () => {
    const picture: Picture = { prediction: [0, 0], target: [0.25, 0.25], spatial: [1, 2], channels: 1 };
    expect(evaluate(picture, 'bce-logits').lowerBound).toBeCloseTo(4 * Math.LN2 * 0.25 * 0.75, 14);
    expect(evaluate({ ...picture, target: [0.5, 0.5] }, 'bce-logits').lowerBound).toBeCloseTo(Math.LN2, 14);
  });

  test('does not exist for targets outside [0, 1]', () => {
    const picture: Picture = { prediction: [0, 0], target: [255, 0], spatial: [1, 2], channels: 1 };
    expect(evaluate(picture, 'bce-logits').lowerBound).toBe(-Infinity);
    expect(evaluate({ ...picture, target: [-1, 1] }, 'bce-logits').lowerBound).toBe(-Infinity);
  });
});

test('a threshold under the probability is the price of the cheapest pixel that counts', () => {
  const picture: Picture = { prediction: [0, 1, 2], target: [1, 0, 1], spatial: [1, 3], channels: 1 };
  expect(evaluate(picture, 'topk:threshold=0.7').lowerBound).toBe(-Math.log(0.7));
});
