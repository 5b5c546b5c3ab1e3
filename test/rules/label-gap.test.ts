import { expect, test } from 'vitest';
import { labelGap } from '../../src/rules/label-gap.ts';
import { valuesOf } from './_counts.ts';
import { circumstances, type SubjectChanges, subject } from './_subject.ts';

function check(labels: readonly number[], channels: number, changes: SubjectChanges = {}) {
  const truth = {
    values: valuesOf(...labels.map((label) => [label, 100] as const)),
    size: 100 * labels.length,
    min: Math.min(...labels),
    max: Math.max(...labels),
    integers: labels.every(Number.isInteger) ? 1 : 0.5,
    ...changes.truth,
  };
  return labelGap.check({}, subject({ channels, ...changes, truth }), circumstances());
}

const remap = (...ids: [number, number][]) => ({ repair: { repair: 'read-levels', levels: ids } });

test('labels from 1 to C are counted from one, even where some are missing', () => {
  expect(check([1, 2, 3, 4], 4)).toMatchObject(remap([1, 0], [2, 1], [3, 2], [4, 3]));
  expect(check([1, 4], 4)).toMatchObject(remap([1, 0], [4, 3]));
  expect(check([1, 2, 3], 4)).toBeUndefined();
});

test('grey levels of one step are multiples of it, to the rounding', () => {
  expect(check([0, 127, 255], 3)).toMatchObject(remap([0, 0], [127, 1], [255, 2]));
  expect(check([0, 85, 255], 4)).toMatchObject(remap([0, 0], [85, 1], [255, 3]));
  expect(check([0, 50, 100, 150, 200], 5)).toMatchObject({ message: expect.stringContaining('spread evenly') });
  expect(check([0, 20, 40], 4)).toMatchObject(remap([0, 0], [20, 1], [40, 2]));
  expect(check([0, 19, 38], 4)).toBeUndefined();
});

test('exactly as many labels as classes are taken in order', () => {
  expect(check([0, 1, 2, 4], 4)).toMatchObject({ ...remap([0, 0], [1, 1], [2, 2], [4, 3]), strength: 0.91 });
  expect(check([0, 1, 4], 4)).toBeUndefined();
  expect(check([0, 1, 2, 3, 5], 4)).toBeUndefined();
});

test('fractions are codes when there are as many as classes', () => {
  expect(check([0, 0.5, 1], 3)).toMatchObject(remap([0, 0], [0.5, 1], [1, 2]));
  expect(check([0, 0.25, 0.5, 1], 3)).toBeUndefined();
});

test.each<[string, number[], number, SubjectChanges]>([
  ['labels below C', [0, 2], 3, {}],
  ['negative labels', [-1, 0, 5], 3, {}],
  ['void along the outlines', [0, 1, 4], 3, { truth: { size: 1000, nearEdges: new Map([[4, 0.9]]) } }],
  ['a usual void id', [0, 1, 255], 3, {}],
  ['a mask of 0 and 255', [0, 255], 2, {}],
  ['a picture read as shares', [0, 128, 255], 1, { target: { scale: 1 / 255 } }],
  ['channels', [0, 5], 2, { truth: { channelSums: { none: 0, one: 1, several: 0 } } }],
])('%s are no gap', (_, labels, channels, changes) => {
  expect(check(labels, channels, changes)).toBeUndefined();
});

test('void is left out of the table', () => {
  const truth = { nearEdges: new Map([[255, 0.9]]) };
  expect(check([0, 1, 2, 255], 3, { truth })).toBeUndefined();
});

test('sparse ids below C are a warning from five images on', () => {
  expect(check([0, 29, 50], 51, { images: 5 })).toMatchObject({ severity: 'warning' });
  expect(check([0, 29, 50], 51, { images: 4 })).toBeUndefined();
  expect(check([0, 2, 5], 6, { images: 5 })).toBeUndefined();
  expect(check([0, 5], 6, { images: 5 })).toBeDefined();
});
