import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Activation, Loss } from '../../src/core/index.ts';
import { losses } from '../../src/losses/index.ts';
import { evaluate, type Picture, seeded } from '../_arrays.ts';
import { disagreements, isFlooredBce } from './_differences.ts';
import { anyPicture } from './_pictures.ts';
import { anyVariant } from './_variants.ts';

function expectAgreement(loss: Loss, activations: readonly Activation[], from: string, numRuns: number): void {
  const pictures = anyPicture({ kinds: loss.kinds, activations, size: 24 });
  const cases = pictures.chain((picture) => fc.tuple(fc.constant(picture), anyVariant(loss, picture.channels)));
  let compared = 0;
  fc.assert(
    fc.property(cases, ([picture, typed]) => {
      const spec = from === '' ? typed : `${typed}${typed.includes(':') ? ',' : ':'}from=${from}`;
      const evaluation = evaluate(picture, spec);
      if (!Number.isFinite(evaluation.value) || isFlooredBce(spec)) return;
      compared++;
      expect(disagreements(picture, evaluation)).toEqual([]);
    }),
    seeded(numRuns),
  );
  expect(compared).toBeGreaterThan(numRuns / 3);
}

const all = losses.map((loss) => ({ id: loss.id, loss }));

describe.each(all)('the gradient of $id is its central difference, whatever the options', ({ loss }) => {
  test('at logits', () => expectAgreement(loss, ['logits'], 'auto', 12));
  test('at stored probabilities', () => expectAgreement(loss, ['softmax', 'sigmoid'], 'auto', 8));
  test('at stored log-probabilities', () => expectAgreement(loss, ['log-softmax'], 'auto', 5));
  test('at probabilities that it takes for logits', () => expectAgreement(loss, ['softmax', 'sigmoid'], 'logits', 4));
  test('at log-probabilities that it takes for logits', () => expectAgreement(loss, ['log-softmax'], 'logits', 4));
});

test.each(['none', 'vnet', 'terms'])('ignored pixels that stay in dice:squared=%s have a gradient', (squared) => {
  const picture: Picture = {
    prediction: [0.5, -1, 2, 0.25, 1, 0, -2, 0.75],
    target: [0, 1, 255, 1],
    ignore: [255],
    spatial: [2, 2],
    channels: 2,
  };
  const evaluation = evaluate(picture, `dice:squared=${squared},ignored=zero-rows`);
  expect(disagreements(picture, evaluation)).toEqual([]);
  expect(evaluation.gradient?.head[2]).not.toBe(0);
});

test('torch.nn.BCELoss floors the logarithm in the value and not in the gradient', () => {
  const p = [0.1, 0.9, 0.6, 1e-50, 0];
  const target = [1, 1, 0, 1, 0];
  const picture: Picture = { prediction: p, target, spatial: [1, 5], channels: 1, activation: 'sigmoid' };
  const { gradient, value } = evaluate(picture, 'bce');
  expect(value).toBeCloseTo((-Math.log(0.1) - Math.log(0.9) - Math.log(0.4) + 100 + 0) / 5, 12);
  const slopes = p.map((q, i) => (q - (target[i] ?? 0)) / Math.max(q * (1 - q), 1e-12) / 5);
  expect(gradient?.head.map((entry, i) => Math.abs(entry / (slopes[i] || 1)))).toEqual([
    expect.closeTo(1, 12),
    expect.closeTo(1, 12),
    expect.closeTo(1, 12),
    expect.closeTo(1, 12),
    0,
  ]);
});

describe('the share of pixels without a gradient', () => {
  test('counts the pixels that TopK does not keep', () => {
    const picture: Picture = { prediction: [3, 2, 1, 0, -1], target: [1, 1, 1, 1, 1], spatial: [1, 5], channels: 1 };
    expect(evaluate(picture, 'topk:k=40').gradient?.vanishing).toBe(0.6);
    expect(evaluate(picture, 'topk:k=100').gradient?.vanishing).toBe(0);
  });

  test('is that of the valid pixels', () => {
    const picture: Picture = {
      prediction: [0, 40, -40, 1, 1],
      target: [0, 1, 0, 255, 255],
      ignore: [255],
      spatial: [1, 5],
      channels: 1,
    };
    expect(evaluate(picture, 'bce-logits').gradient?.vanishing).toBeCloseTo(2 / 3, 15);
  });

  test('is 1 where one channel goes through a softmax', () => {
    const picture: Picture = { prediction: [0, 1], target: [0, 1], spatial: [1, 2], channels: 1 };
    expect(evaluate(picture, 'ce').gradient).toMatchObject({ l2: 0, max: 0, vanishing: 1, head: [0, 0] });
  });
});
