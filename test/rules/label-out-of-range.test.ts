import { expect, test } from 'vitest';
import { labelOutOfRange } from '../../src/rules/label-out-of-range.ts';
import { valuesOf } from './_counts.ts';
import { circumstances, type SubjectChanges, subject } from './_subject.ts';

function check(changes: SubjectChanges) {
  return labelOutOfRange.check({}, subject(changes), circumstances());
}

test.each([1, 2, 3, 7])('with %i channels the first label too many is found, the last allowed is not', (channels) => {
  const classes = Math.max(2, channels);
  const labels = (top: number) => ({ channels, truth: { values: valuesOf([0, 15_000], [top, 5000]) } });
  expect(check(labels(classes - 1))).toBeUndefined();
  expect(check(labels(classes))).toMatchObject({
    evidence: expect.arrayContaining([{ label: 'largest label', value: classes, limit: classes - 1 }]),
  });
});

test('pixels are counted, the classes needed are named, and ignoring is offered for a single label', () => {
  const one = check({ channels: 6, truth: { values: valuesOf([0, 18_796], [6, 1204]) } });
  expect(one).toMatchObject({
    message:
      'target has label 6 in 1,204 pixels; the prediction has 6 classes, so labels must be 0-5. train with 7 classes or remap ' +
      'the labels; if 6 means "ignore", pass --ignore-index 6',
  });
  const two = check({ channels: 6, truth: { values: valuesOf([0, 17_000], [6, 1000], [7, 2000]) } });
  expect(two).toMatchObject({ message: expect.stringContaining('7 in 2,000 pixels and 6 in 1,000 pixels') });
  expect(two).toMatchObject({ message: expect.not.stringContaining('ignore') });
});

test.each([
  ['declared as ignored', { ignore: [255] }],
  ['read as white of a picture', { channels: 1, target: { scale: 1 / 255 } }],
])('a label that is %s is clear', (_, changes) => {
  expect(check({ channels: 2, truth: { values: valuesOf([0, 100], [255, 100]) }, ...changes })).toBeUndefined();
});

test('channels of a one-hot target hold 0 and 1, however many there are', () => {
  const channelSums = { none: 0, one: 1, several: 0 };
  expect(check({ channels: 5, truth: { values: valuesOf([0, 100], [1, 100]), channelSums } })).toBeUndefined();
  expect(check({ channels: 5, truth: { values: valuesOf([0, 100], [2, 100]), channelSums } })).toBeDefined();
});

test('negative labels belong to other rules', () => {
  expect(check({ channels: 3, truth: { values: valuesOf([-1, 100], [0, 100]) } })).toBeUndefined();
});

test.each([
  [4, 'exclusive', 'train with 4 outputs; if background is left out on purpose', undefined],
  [5, 'exclusive', 'train with 5 outputs', undefined],
  [4, 'multilabel', 'drop channel 0 of the target', 'match-channels'],
  [5, 'multilabel', 'train with 5 outputs', undefined],
] as const)('%i one-hot channels for a prediction of 3, %s', (channels, kind, remedy, repair) => {
  const found = check({
    channels: 3,
    kind,
    target: { shape: [1, channels, 100, 100], layout: 'NCHW' },
    obstacles: [{ rule: 'label-out-of-range', blocks: ['pair'], reason: 'too many' }],
  });
  expect(found).toMatchObject({ message: expect.stringContaining(remedy) });
  expect(found).toEqual(expect.objectContaining(repair ? { repair: { repair } } : { strength: 0.95 }));
});
