import { describe, expect, test } from 'vitest';
import { InputError, ndarray, UsageError } from '../../src/core/index.ts';
import { evaluateOn } from '../../src/measure/direct.ts';
import { evaluate } from '../_arrays.ts';

const logits = Float64Array.from([1, -1, 0.5, 2, 0, -0.5, 0.25, 3]);
const ids = Uint8Array.from([0, 1, 1, 0]);

describe('evaluating arrays whose meaning is known', () => {
  test('reads channels first, with and without a batch', () => {
    const want = evaluate({ prediction: logits, target: ids, spatial: [2, 2], channels: 2 }, 'ce').value;
    for (const batch of [[], [1]]) {
      const prediction = ndarray(logits, [...batch, 2, 2, 2], 'float64');
      const target = ndarray(ids, [...batch, 2, 2], 'uint8');
      expect(evaluateOn({ prediction, target, classes: 2, activation: 'logits', spec: 'ce' }).value).toBe(want);
    }
  });

  test('reads volumes', () => {
    const prediction = ndarray(logits, [2, 1, 2, 2], 'float64');
    const target = ndarray(ids, [1, 2, 2], 'uint8');
    const found = evaluateOn({
      prediction,
      target,
      classes: 2,
      activation: 'logits',
      spec: 'dpce:spacing=true',
      spacing: [3, 1, 1],
    });
    expect(found.value).toBeGreaterThan(0);
  });

  test('takes a target of the same shape for values per channel', () => {
    const prediction = ndarray(logits, [2, 2, 2], 'float64');
    const target = ndarray(Float32Array.from([1, 0, 0, 1, 1, 1, 0, 0]), [2, 2, 2], 'float32');
    const found = evaluateOn({
      prediction,
      target,
      classes: 2,
      activation: 'logits',
      spec: 'bce-logits',
      kind: 'multilabel',
    });
    const same = evaluate(
      { prediction: logits, target: target.data, spatial: [2, 2], channels: 2, kind: 'multilabel' },
      'bce-logits',
    );
    expect(found.value).toBe(same.value);
  });

  test('refuses a target of another shape, naming both', () => {
    const prediction = ndarray(logits, [2, 2, 2], 'float64');
    const target = ndarray(ids, [4, 1], 'uint8');
    const call = (): unknown => evaluateOn({ prediction, target, classes: 2, activation: 'logits', spec: 'ce' });
    expect(call).toThrow(InputError);
    expect(call).toThrow('target [4,1] does not fit prediction [2,2,2] read as CHW');
  });

  test('refuses an unknown loss, and one that is not defined for the problem', () => {
    const prediction = ndarray(logits, [1, 2, 4], 'float64');
    const target = ndarray(Uint8Array.from([0, 1, 1, 0, 1, 0, 0, 1]), [2, 4], 'uint8');
    const on = { prediction, target, classes: 1, activation: 'logits' } as const;
    expect(() => evaluateOn({ ...on, spec: 'no-such-loss' })).toThrow(UsageError);
    expect(() => evaluateOn({ ...on, spec: 'nll' })).toThrow('nll is not defined for binary targets');
  });
});
