import { expect, test } from 'vitest';
import { targetNotOneHot } from '../../src/rules/target-not-one-hot.ts';
import { circumstances, evaluation, type SubjectChanges, subject } from './_subject.ts';

function check(none: number, several: number, changes: SubjectChanges = {}) {
  const channelSums = { none, several, one: 1 - none - several };
  const about = subject({ channels: 3, ...changes, truth: { channelSums } });
  return targetNotOneHot.check({}, about, circumstances([evaluation('ce', about, { value: 0.5 })]));
}

test('over 0.1 % of the pixels with two channels are an error', () => {
  expect(check(0, 0.0011)).toMatchObject({ message: expect.stringContaining('two or more channels') });
  expect(check(0, 0.001)).toBeUndefined();
});

test('over 20 % without a channel are a lost background, fewer a note', () => {
  expect(check(0.21, 0)).toMatchObject({ message: expect.stringContaining('(4 outputs)') });
  expect(check(0.2, 0)).toMatchObject({ severity: 'note' });
  expect(check(0, 0)).toBeUndefined();
});

test('the value that counts them in the mean stands beside it', () => {
  expect(check(0.5, 0)).toMatchObject({
    evidence: expect.arrayContaining([expect.objectContaining({ value: '0.25' })]),
  });
});

test('labels, and classes that may overlap, are not asked', () => {
  expect(check(0.5, 0, { kind: 'multilabel' })).toHaveProperty('notApplicable');
  expect(targetNotOneHot.check({}, subject(), circumstances())).toHaveProperty('notApplicable');
});

test('of fewer channels than the prediction, over 20 % without one tell the background from a class that does not occur', () => {
  const few = (none: number) =>
    check(none, 0, {
      channels: 4,
      target: { shape: [1, 3, 100, 100], layout: 'NCHW' },
      obstacles: [{ rule: 'target-not-one-hot', blocks: ['pair'], reason: 'too few' }],
    });
  expect(few(0.21)).toMatchObject({
    title: 'the one-hot target lacks the background',
    repair: { repair: 'match-channels' },
  });
  expect(few(0.2)).toMatchObject({ title: 'the one-hot target lacks a class', repair: { repair: 'match-channels' } });
  expect(few(0.2)).toMatchObject({ message: expect.stringContaining('3 channels for the 4 classes') });
});
