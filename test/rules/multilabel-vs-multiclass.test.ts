import { expect, test } from 'vitest';
import { multilabelVsMulticlass } from '../../src/rules/multilabel-vs-multiclass.ts';
import { circumstances, evaluation, type SubjectChanges, subject } from './_subject.ts';

function check(several: number, loss: string | null, changes: SubjectChanges = {}, overlaps = 0) {
  const channelSums = { none: 0, several, one: 1 - several };
  const about = subject({ channels: 3, kind: 'multilabel', ...changes, truth: { channelSums } });
  const decisions = Float64Array.of(0, 1 - overlaps, overlaps);
  return multilabelVsMulticlass.check(
    { decisions },
    about,
    circumstances(loss === null ? [] : [evaluation(loss, about)]),
  );
}

test('overlaps in over 0.1 % of the pixels are too much for a loss that takes a softmax', () => {
  expect(check(0.0011, 'ce')).toMatchObject({ message: expect.stringContaining('cross-entropy knows one class') });
  expect(check(0.001, 'ce')).toBeUndefined();
  expect(check(0.3, 'bce-logits')).toBeUndefined();
  expect(check(0.3, null)).toBeUndefined();
});

test('a loss that is not defined for overlapping classes counts as one', () => {
  expect(check(0.3, 'nll', { kind: 'exclusive' })).toBeDefined();
});

test('so does a prediction that is a softmax, whatever the loss', () => {
  expect(check(0.3, null, { activation: 'softmax' })).toMatchObject({ message: expect.stringContaining('softmax') });
});

test('decisions that overlap in over 5 % of the pixels of exclusive classes are a warning', () => {
  expect(check(0, 'bce-logits', {}, 0.051)).toMatchObject({ severity: 'warning' });
  expect(check(0, 'bce-logits', {}, 0.05)).toBeUndefined();
  expect(check(0, 'ce', { kind: 'exclusive' }, 0.3)).toBeUndefined();
});

test('one label per pixel leaves nothing to ask', () => {
  const decisions = new Float64Array(3);
  expect(multilabelVsMulticlass.check({ decisions }, subject(), circumstances())).toHaveProperty('notApplicable');
});
