import { expect, test } from 'vitest';
import type { Hints, Ringing } from '../../src/core/index.ts';
import type { BlockChanges } from '../../src/measures/index.ts';
import { jpegLabels } from '../../src/rules/jpeg-labels.ts';
import { valuesOf } from './_counts.ts';
import { circumstances, type SubjectChanges, subject } from './_subject.ts';

const ringing: Ringing = {
  levels: [0, 255],
  off: 0.26,
  within8: 0.93,
  within40: 1,
  peaks: 0.76,
  blocks: 571,
  plainBlocks: 0,
};
const jpeg: Hints = { format: 'jpeg', container: 'image', lossy: true };

/** Labels that change anywhere alike. */
const even: BlockChanges = { changes: 4000, ones: 0.6, along: [1.1, 1.1], inside: [0.9, 0.9] };

function check(changes: SubjectChanges, blocks: Partial<BlockChanges> = {}) {
  return jpegLabels.check({ blocks: { ...even, ...blocks } }, subject(changes), circumstances());
}

test('ringing is found, with the levels as the repair', () => {
  expect(check({ channels: 1, truth: { ringing } })).toMatchObject({
    message: expect.stringContaining('not quite 0 or 255, in 571 blocks'),
    repair: {
      repair: 'read-levels',
      levels: [
        [0, 0],
        [255, 1],
      ],
    },
  });
});

test('levels that are not as many as the classes are left to the user', () => {
  const levels = [0, 128, 255];
  const found = check({ channels: 5, truth: { ringing: { ...ringing, levels } } });
  expect(found).toMatchObject({ message: expect.stringContaining('not quite 0, 128 or 255') });
  expect(found).not.toHaveProperty('repair');
});

test('class ids in a file of a lossy format are found from three values on, two are a mask that was thresholded', () => {
  const ids = (...labels: number[]) => valuesOf(...labels.map((label) => [label, 10] as const));
  const check3 = (values: Map<number, number>, hints: Hints) =>
    check({ channels: 4, target: { hints }, truth: { values } });
  expect(check3(ids(0, 1, 2), jpeg)).toMatchObject({ title: expect.stringContaining('lossy') });
  expect(check3(ids(0, 1), jpeg)).toBeUndefined();
  expect(check3(ids(0, 1, 2), { format: 'png', container: 'image' })).toBeUndefined();
});

test('a soft mask of one channel may be a JPEG', () => {
  expect(check({ channels: 1, target: { hints: jpeg }, truth: { values: valuesOf([0, 1], [9, 1], [70, 1]) } })).toBe(
    undefined,
  );
});

test('ids without a sign of a lossy format are judged by the blocks in which they change', () => {
  const ids = { channels: 4, truth: { values: valuesOf([0, 10], [1, 10], [2, 10]) } };
  const blocks: Partial<BlockChanges> = { changes: 500, ones: 0.45, along: [1.5, 1.5], inside: [0.3, 0.3] };
  expect(check(ids, blocks)).toMatchObject({ title: 'class ids were compressed as JPEG' });
  expect(check(ids, blocks)).not.toHaveProperty('repair');
  expect(check(ids, { ...blocks, changes: 499 })).toBeUndefined();
  expect(check(ids, { ...blocks, along: [1.49, 3] })).toBeUndefined();
  expect(check(ids, { ...blocks, along: [3, 1.49] })).toBeUndefined();
  expect(check(ids, { ...blocks, inside: [0.29, 0.29] })).toBeUndefined();
  expect(check(ids, { ...blocks, inside: [0, 0.3] })).toBeDefined();
  expect(check(ids, { ...blocks, along: [Number.NaN, 2] })).toBeUndefined();
  expect(check({ ...ids, truth: { values: valuesOf([0, 10], [1, 10]) } }, blocks)).toBeUndefined();
  expect(check({ ...ids, truth: { ...ids.truth, integers: 0.9 } }, blocks)).toBeUndefined();
});

test('changes by other steps than 1, and no values without a class, are a warning: somebody may have labelled patch by patch', () => {
  const blocks: Partial<BlockChanges> = { changes: 500, ones: 0.449, along: [1.5, 1.5], inside: [0.3, 0.3] };
  const of = (...labels: number[]) => ({
    channels: 4,
    truth: { values: valuesOf(...labels.map((label) => [label, 10] as const)) },
  });
  expect(check(of(0, 1, 2, 3), blocks)).toMatchObject({
    severity: 'warning',
    message: expect.stringContaining('patch by patch'),
  });
  expect(check(of(0, 1, 2, 3), { ...blocks, ones: 0.45 })).not.toHaveProperty('severity');
  expect(check(of(0, 1, 2, 3, 7, 90), blocks)).toMatchObject({ severity: 'warning' });
  expect(check(of(0, 1, 2, 3, 7, 90, 255), blocks)).not.toHaveProperty('severity');
});
