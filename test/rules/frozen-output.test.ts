import { describe, expect, test } from 'vitest';
import type { Series } from '../../src/core/index.ts';
import { frozenOutput } from '../../src/rules/index.ts';
import { circumstances, subject } from './_subject.ts';

/** Losses and steps of a series; the first step stands before the second checkpoint. */
function ask(losses: readonly number[], steps: readonly number[], changes: Partial<Series> = {}) {
  const checkpoints = losses.map((loss, k) => ({
    path: `${k}.npy`,
    loss,
    change: k === 0 ? null : { rms: steps[k - 1] ?? 0, mean: 0 },
  }));
  const series = { spec: 'ce', checkpoints, prior: 1, floor: 0, modes: null, ...changes };
  return frozenOutput.check({}, subject(), circumstances([], { series }));
}

describe('frozen output', () => {
  test('p that changes by less than 0.0001 at every step is frozen, by more it is not', () => {
    expect(ask([0.9, 0.9, 0.9], [9.9e-5, 9.9e-5])).toMatchObject({ strength: 0.6 });
    expect(ask([0.9, 0.8, 0.7], [1.01e-4, 9.9e-5])).toBeUndefined();
    expect(ask([0.9, 0.8, 0.7], [9.9e-5, 1.01e-4])).toBeUndefined();
  });

  test('a loss that stays within 0.1 % is frozen whatever p does, and is told so', () => {
    expect(ask([0.9009 - 1e-5, 0.9, 0.9], [0.1, 0.1])).toMatchObject({
      title: 'the loss does not change from checkpoint to checkpoint',
    });
    expect(ask([0.9009 + 1e-5, 0.9, 0.9], [0.1, 0.1])).toBeUndefined();
  });

  test('only the end of the series counts', () => {
    expect(ask([2, 0.9, 0.9, 0.9], [0.3, 0, 0])).toBeDefined();
    expect(ask([0.9, 0.9, 0.9, 0.8], [0, 0, 0.1])).toBeUndefined();
  });

  test('a run that stands at its best, half the way down from the class prior, may have converged', () => {
    expect(ask([0.5, 0.5, 0.5], [5e-5, 5e-5])).toBeUndefined();
    expect(ask([0.51, 0.51, 0.51], [5e-5, 5e-5])).toBeDefined();
  });

  test('more than 10 % above the best that was seen it has not', () => {
    expect(ask([0.3, 0.331, 0.331, 0.331], [0.2, 5e-5, 5e-5])).toBeDefined();
    expect(ask([0.3, 0.329, 0.329, 0.329], [0.2, 5e-5, 5e-5])).toBeUndefined();
  });

  test('outputs that are equal to the last bit are frozen however good they are', () => {
    expect(ask([0.1, 0.1, 0.1], [0, 0])).toMatchObject({ strength: 0.9 });
  });

  test('NaN is not frozen', () => {
    expect(ask([Number.NaN, Number.NaN, Number.NaN], [Number.NaN, Number.NaN])).toBeUndefined();
  });

  test('fewer than three checkpoints are not asked', () => {
    const reason = 'needs three checkpoints of the same input: lossprobe trend a.npy b.npy c.npy --target mask.png';
    expect(ask([0.9, 0.9], [0])).toEqual({ notApplicable: reason });
    expect(frozenOutput.check({}, subject(), circumstances([]))).toEqual({ notApplicable: reason });
  });
});
