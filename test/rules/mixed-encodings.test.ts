import { expect, test } from 'vitest';
import { mixedEncodings } from '../../src/rules/mixed-encodings.ts';
import { valuesOf } from './_counts.ts';
import { circumstances, type SubjectChanges, subject } from './_subject.ts';

function check(images: readonly (readonly number[])[], changes: SubjectChanges = {}) {
  const all = [...new Set(images.flat())].sort((a, b) => a - b);
  const truth = { values: valuesOf(...all.map((value) => [value, 100] as const)), ...changes.truth };
  const about = subject({ channels: 1, images: images.length, ...changes, truth });
  return mixedEncodings.check({ images }, about, circumstances());
}

test('masks of 0 and 1 beside masks of 0 and 255 are mixed, and reading everything above 0 as 1 repairs it', () => {
  expect(check([[0, 1], [0, 255], [0]])).toMatchObject({
    message: expect.stringContaining('1 of the 3 masks hold 0 and 1, 1 hold 0 and 255'),
    repair: { repair: 'read-levels' },
  });
});

test('of more classes the codes are left to the user', () => {
  const found = check(
    [
      [0, 1, 2],
      [0, 50, 100],
    ],
    { channels: 3 },
  );
  expect(found).toBeDefined();
  expect(found).not.toHaveProperty('repair');
});

test('a mask with both kinds of labels has void, or labels beyond the classes', () => {
  expect(
    check([
      [0, 1],
      [0, 1, 255],
      [0, 255],
    ]),
  ).toBeUndefined();
});

test.each<[string, number[][], SubjectChanges]>([
  ['all masks alike', [[0, 1], [0, 1], [0]], {}],
  [
    'all masks of 0 and 255',
    [
      [0, 255],
      [0, 255],
    ],
    {},
  ],
  [
    'void along the outlines',
    [
      [0, 1],
      [0, 255],
    ],
    { truth: { nearEdges: new Map([[255, 0.6]]) } },
  ],
  [
    'declared void',
    [
      [0, 1],
      [0, 255],
    ],
    { ignore: [255] },
  ],
  [
    'fractions',
    [
      [0, 1],
      [0, 255],
    ],
    { truth: { integers: 0.5 } },
  ],
])('%s are one code', (_, images, changes) => {
  expect(check(images, changes)).toBeUndefined();
});

test('void that lies elsewhere is no void', () => {
  expect(
    check(
      [
        [0, 1],
        [0, 255],
      ],
      { truth: { nearEdges: new Map([[255, 0.59]]) } },
    ),
  ).toBeDefined();
});

test('one mask has nothing to differ from', () => {
  expect(check([[0, 1, 255]])).toMatchObject({ notApplicable: expect.stringContaining('one mask') });
});
