import { describe, expect, test } from 'vitest';
import { type NdArray, ndarray, view } from '../../src/core/index.ts';
import { freeScores } from '../../src/descend/free.ts';
import { descend } from '../../src/index.ts';
import { subject } from '../rules/_subject.ts';
import { stripes } from './_start.ts';

const { logits, probabilities, mask } = stripes(3, 16, 1);

function mapped(from: NdArray, change: (value: number) => number): NdArray {
  return ndarray(Float32Array.from(from.data, change), from.shape, 'float32');
}

describe('what moves', () => {
  test('gives the same loss as the stored array, whatever form that has', () => {
    const logs = mapped(probabilities, Math.log);
    const of = (prediction: NdArray, loss: string): number =>
      descend(prediction, mask, { loss: [loss, 'topk'], steps: 1 }).losses[0]?.start ?? Number.NaN;
    const ce = of(logits, 'ce');
    expect(of(probabilities, 'ce:from=probabilities')).toBeCloseTo(ce, 5);
    expect(of(logs, 'nll')).toBeCloseTo(ce, 5);
    expect(of(logs, 'ce')).toBeCloseTo(ce, 5);
    const dice = of(logits, 'dice');
    expect(of(probabilities, 'dice')).toBeCloseTo(dice, 5);
    expect(of(logs, 'dice')).toBeCloseTo(dice, 5);
  });

  test('under a loss that takes log-probabilities for something else they stay below 0', () => {
    const logs = mapped(probabilities, Math.log);
    const { losses } = descend(logs, mask, { loss: ['dice:from=probabilities', 'topk'], steps: 5 });
    expect(losses[0]?.trace.length).toBeGreaterThan(1);
    const about = subject({ channels: 3, activation: 'log-softmax' });
    expect(freeScores(about, view([]))).toMatchObject({ low: -Infinity, high: 0 });
    expect(freeScores(about, view(['exp']))).toMatchObject({ low: -Infinity, high: Infinity });
  });

  test('probabilities that do not sum to 1 over the classes move one by one', () => {
    const along = (sumsToOne: number) =>
      subject({ channels: 3, activation: 'softmax', scores: { min: 0.1, sumsToOne } });
    const read = (sumsToOne: number) => freeScores(along(sumsToOne), view([]))?.reading(view(['exp'])).steps;
    expect(read(1)).toEqual(['softmax', 'exp']);
    expect(read(0.5)).toEqual(['sigmoid', 'exp']);
  });

  test('every term of a sum reads the scores through the same activation', () => {
    const sum = view(['softmax'], { terms: [view(['softmax']), view([], { logs: 'rounded' })] });
    const read = freeScores(subject({ channels: 1, activation: 'sigmoid' }), sum)?.reading(sum);
    expect(read?.terms?.map(({ steps }) => steps)).toEqual([['sigmoid', 'softmax'], ['sigmoid']]);
    expect(read?.terms?.[1]?.logs).toBe('rounded');
  });

  test('values times 255 stay between 0 and 255, and decisions do not move at all', () => {
    expect(freeScores(subject({ activation: 'scaled-by-255' }), view([]))).toMatchObject({ low: 0, high: 255 });
    for (const activation of ['one-hot', 'labels'] as const) {
      expect(freeScores(subject({ activation }), view([]))).toBeNull();
    }
  });
});
