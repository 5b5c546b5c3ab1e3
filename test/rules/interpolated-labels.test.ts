import { expect, test } from 'vitest';
import type { Ramps } from '../../src/measures/index.ts';
import { interpolatedLabels } from '../../src/rules/interpolated-labels.ts';
import { valuesOf } from './_counts.ts';
import { circumstances, type SubjectChanges, subject } from './_subject.ts';

const kindsOf = (n: number) => new Map(Array.from({ length: n }, (_, k) => [`0 ${k + 1} 10`, 9] as const));
const ids = valuesOf([0, 5000], [3, 5000], [6, 10_000]);

function check(ramps: Partial<Ramps>, changes: SubjectChanges = {}) {
  const none = { ordered: 0, onOrdered: new Map() };
  const counted = { graded: 100, sharp: 0, pixels: 150, seen: 10_000, kinds: kindsOf(5), ...none, ...ramps };
  return interpolatedLabels.check(
    { ramps: counted },
    subject({ channels: 7, ...changes, truth: { values: ids, max: 6, ...changes.truth } }),
    circumstances(),
  );
}

test('30 % of the changes by way of labels in between are a resize', () => {
  expect(check({ graded: 30, sharp: 70 })).toMatchObject({ repair: { repair: 'flatten-ramps' } });
  expect(check({ graded: 29, sharp: 71 })).toBeUndefined();
});

test('20 of them and five kinds are needed', () => {
  expect(check({ graded: 20 })).toBeDefined();
  expect(check({ graded: 19 })).toBeUndefined();
  expect(check({ kinds: kindsOf(4) })).toBeUndefined();
});

test('the message shows the most frequent kinds', () => {
  const kinds = new Map([
    ['0 3 6', 2],
    ['0 5 10', 41],
    ['0 2 6', 1],
    ['2 4 6', 1],
    ['1 3 6', 1],
  ]);
  expect(check({ kinds })).toMatchObject({
    message: expect.stringContaining('1.5 % of the pixels: 5 between 0 and 10 (41 times), 3 between 0 and 6 (2 times)'),
  });
});

test('two values have nothing in between, and no change at all is no share', () => {
  expect(check({}, { truth: { values: valuesOf([0, 1], [6, 1]) } })).toBeUndefined();
  expect(check({ graded: 0, sharp: 0 })).toBeUndefined();
});

test('fractions of class ids are found whatever lies around them; a resize is named where it shows', () => {
  const truth = { values: valuesOf([0, 1], [0.5, 1], [1, 1]), integers: 0.9 };
  expect(check({}, { truth })).toMatchObject({ repair: { repair: 'flatten-ramps' }, strength: 0.94 });
  const other = check({ graded: 0, sharp: 9 }, { truth });
  expect(other).toMatchObject({ title: 'the target holds fractions of class ids' });
  expect(other).not.toHaveProperty('repair');
});

test.each<[string, SubjectChanges]>([
  ['ids over 255', { target: { encoding: 'divided-by-255' } }],
  ['channels', { truth: { channelSums: { none: 0, one: 1, several: 0 } } }],
  ['negative values', { truth: { values: valuesOf([-1, 1], [0.5, 1], [1, 1]) } }],
  [
    'as many evenly spread fractions as classes',
    { channels: 3, truth: { values: valuesOf([0, 1], [0.5, 1], [1, 1]) } },
  ],
])('%s belong to other rules', (_, changes) => {
  expect(check({ graded: 0, sharp: 9 }, { ...changes, truth: { integers: 0.9, ...changes.truth } })).toBeUndefined();
});

test('a declared ignore value below 0 is no negative label', () => {
  expect(check({}, { ignore: [-1], truth: { min: -1, values: new Map([[-1, 5], ...ids]) } })).toBeDefined();
});

test('of one channel, shades read as shares are a note, and stored grey values an error', () => {
  const values = valuesOf([0, 1], [100, 1], [255, 1]);
  const png = { channels: 1, target: { scale: 1 / 255 }, truth: { values, max: 255 } };
  expect(check({}, png)).toMatchObject({ severity: 'note' });
  expect(check({ graded: 5 }, png)).toBeUndefined();
  expect(check({}, { channels: 1, truth: { values, max: 1, integers: 0.9 } })).toMatchObject({ severity: 'note' });
  expect(check({}, { channels: 1, truth: { values, max: 255 } })).toMatchObject({
    repair: {
      repair: 'read-levels',
      levels: [
        [0, 0],
        [255, 1],
      ],
    },
  });
  expect(check({ kinds: kindsOf(4) }, { channels: 1, truth: { values, max: 255 } })).toBeUndefined();
});

test('a picture that is read by its levels already is clear', () => {
  expect(check({}, { channels: 1, target: { levels: [[0, 0]] } })).toBeUndefined();
});

test('ids that follow each other are suspect where none that are further apart touch and those between lie elsewhere too', () => {
  const truth = { values: valuesOf([0, 5000], [1, 4000], [2, 1000], [3, 10_000]) };
  const ordered = (changes: Partial<Ramps>, more: SubjectChanges = {}) =>
    check(
      // Half of the pixels were looked at: 250 of 500 with label 2 are half of what was seen of it.
      { graded: 0, sharp: 2, ordered: 100, onOrdered: new Map([[2, 250]]), ...changes },
      { truth, ...more },
    );
  expect(ordered({})).toMatchObject({ severity: 'warning', repair: { repair: 'flatten-ramps' } });
  expect(ordered({ sharp: 3 })).toBeUndefined();
  expect(ordered({ graded: 1 })).toBeUndefined();
  expect(ordered({ ordered: 99, sharp: 0 })).toBeUndefined();
  expect(ordered({ onOrdered: new Map([[2, 251]]) })).toBeUndefined();
  expect(ordered({}, { truth: { values: valuesOf([0, 5000], [1, 4000], [2, 11_000]) } })).toBeUndefined();
});
