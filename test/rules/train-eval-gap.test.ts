import { describe, expect, test } from 'vitest';
import { trainEvalGap } from '../../src/rules/index.ts';
import { circumstances, subject } from './_subject.ts';

function ask(train: number, evaluation: number, mean: number) {
  const modes = {
    train: { path: 'train.npy', loss: train },
    eval: { path: 'eval.npy', loss: evaluation },
    change: { mean, rms: mean },
  };
  const series = { spec: 'ce', checkpoints: [], prior: 1, floor: 0, modes };
  return trainEvalGap.check({}, subject(), circumstances([], { series }));
}

describe('training and evaluation mode', () => {
  test('that differ by more than 0.05 on average are two networks, by less they are one', () => {
    expect(ask(0.5, 0.5, 0.051)).toBeDefined();
    expect(ask(0.5, 0.5, 0.049)).toBeUndefined();
  });

  test('whose losses differ by more than half are too, whichever is larger', () => {
    expect(ask(0.4, 0.61, 0.01)).toBeDefined();
    expect(ask(0.61, 0.4, 0.01)).toBeDefined();
    expect(ask(0.4, 0.59, 0.01)).toBeUndefined();
  });

  test('are not judged by the ratio of losses that are negative, or no numbers', () => {
    expect(ask(-0.9, -0.2, 0.01)).toBeUndefined();
    expect(ask(Number.NaN, 0.5, Number.NaN)).toBeUndefined();
  });

  test('are asked for when there is only one export', () => {
    expect(trainEvalGap.check({}, subject(), circumstances([]))).toEqual({
      notApplicable: 'needs an export in either mode: lossprobe trend --modes train.npy eval.npy --target mask.png',
    });
  });
});
