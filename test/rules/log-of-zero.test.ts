import { expect, test } from 'vitest';
import type { Evaluation } from '../../src/core/index.ts';
import { logOfZero } from '../../src/rules/log-of-zero.ts';
import { circumstances, evaluation, probabilities, type SubjectChanges, subject } from './_subject.ts';

interface Tail {
  readonly impossible?: number;
  readonly certain?: number;
}

function check(spec: string, loss: Partial<Evaluation>, tail: Tail, changes: SubjectChanges = {}) {
  const about = subject({ activation: 'softmax', scores: { ...probabilities, zeros: 0.1 }, ...changes });
  const values = {
    tail: { pixels: 1000, total: 0, largest: 0, heavy: 0, heavySum: 0, impossible: 0, certain: 0, ...tail },
    kept: { byRow: Float64Array.of(500, 300), weight: Float64Array.of(500, 500), valid: 1000 },
  };
  return logOfZero.check(values, about, circumstances([evaluation(spec, about, loss)]));
}

test('one true class with p = 0 makes the loss infinite', () => {
  expect(check('ce:from=probabilities', { value: Infinity }, { impossible: 1 })).toMatchObject({
    message: expect.stringContaining('in 1 pixel of 1,000 the true class has probability 0 (exactly 0 in float32)'),
    effect: { what: 'probabilities kept above 1e-7', before: Infinity, after: 0.8 },
  });
  expect(check('ce:from=probabilities', { value: 0.8 }, { impossible: 0 })).toBeUndefined();
});

test('float16 files are told what the type does', () => {
  const half = { prediction: { dtype: 'float16' } } as const;
  expect(check('ce:from=probabilities', { value: Number.NaN }, { impossible: 3 }, half)).toMatchObject({
    message: expect.stringContaining('float16 has nothing between 0 and 6e-8'),
  });
});

test.each([
  ['half of the loss under the floor of bce', 'bce', 0.2, 1, true],
  ['less than half', 'bce', 0.201, 1, false],
  ['a sum instead of a mean', 'bce:reduction=sum', 200, 1, true],
  ['a clip at 1e-7, where a zero costs 16.1', 'bce:clip=1e-7,log-floor=-100', 0.03, 1, true],
  ['a clip, and more loss elsewhere', 'bce:clip=1e-7,log-floor=-100', 0.033, 1, false],
])('%s', (_, spec, value, impossible, found) => {
  const binary = { channels: 1, activation: 'sigmoid' } as const;
  expect(check(spec, { value }, { impossible }, binary) !== undefined).toBe(found);
});

test('losses on single channels spread the cost over all channels', () => {
  const many = { channels: 4, activation: 'sigmoid' } as const;
  expect(check('bce', { value: 0.05 }, { impossible: 1 }, many)).toBeDefined();
  expect(check('bce', { value: 0.0501 }, { impossible: 1 }, many)).toBeUndefined();
});

test('a class of weight 0 costs nothing', () => {
  expect(check('ce:from=probabilities', { value: 0.7 }, { impossible: 5 })).toBeUndefined();
});

test('logits are safe, and logits read as probabilities are another defect', () => {
  expect(check('ce', { value: 200 }, { impossible: 5 }, { activation: 'logits' })).toBeUndefined();
  expect(
    check('ce:from=probabilities', { value: Number.NaN }, { impossible: 5 }, { activation: 'logits' }),
  ).toBeUndefined();
});

test('smoothed labels take the logarithm of every channel', () => {
  const spec = 'ce:from=probabilities,label-smoothing=0.1';
  expect(check(spec, { value: Infinity }, {})).toMatchObject({
    message: expect.stringContaining('some class of a pixel'),
  });
  expect(check(spec, { value: Infinity }, { impossible: 1 })).not.toHaveProperty('effect');
});

test('overlapping classes have no single true class, but the loss is as infinite', () => {
  const overlapping = { kind: 'multilabel', activation: 'sigmoid', channels: 3 } as const;
  expect(check('bce:log-floor=-1e9', { value: Infinity }, {}, overlapping)).toBeDefined();
  expect(check('bce', { value: 0.3 }, {}, overlapping)).toBeUndefined();
});

test.each([
  ['focal:gamma=0.5', 1, true],
  ['focal:gamma=0.5', 0, false],
  ['focal:gamma=1', 1, false],
  ['focal:gamma=0', 1, false],
  ['focal:gamma=0.5,clip=1e-7', 1, false],
])('%s with %i pixels at p = 1', (spec, certain, found) => {
  const result = check(spec, {}, { certain }, { activation: 'logits' });
  expect(result !== undefined).toBe(found);
  if (found) expect(result).toMatchObject({ title: 'the focal gradient is NaN where p is 1' });
});

test('is not asked of region losses, nor where the loss raises an error', () => {
  expect(check('dice', {}, { impossible: 9 })).toHaveProperty('notApplicable');
  const raises = 'ce has no channel for the labels of 5 pixels';
  expect(check('ce:from=probabilities', { value: Number.NaN, raises }, { impossible: 9 })).toBeUndefined();
});
