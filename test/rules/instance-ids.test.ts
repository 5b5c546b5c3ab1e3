import { expect, test } from 'vitest';
import { instanceIds } from '../../src/rules/instance-ids.ts';
import { valuesOf } from './_counts.ts';
import { circumstances, type SubjectChanges, subject } from './_subject.ts';

/** Ids from 1 on, the first `broken` of them in two pieces. */
function check(ids: readonly number[], broken = 0, changes: SubjectChanges = {}) {
  const islands = [new Map(ids.map((id, at) => [id, at < broken ? 2 : 1]))];
  const truth = { values: valuesOf([0, 500], ...ids.map((id) => [id, 9] as const)), ...changes.truth };
  return instanceIds.check({ islands }, subject({ channels: 2, ...changes, truth }), circumstances());
}

const upTo = (n: number) => Array.from({ length: n }, (_, k) => k + 1);

test('more than 32 ids in one piece each number objects', () => {
  expect(check(upTo(33))).toMatchObject({ message: expect.stringContaining('33 labels') });
  expect(check(upTo(32))).toBeUndefined();
  expect(check(upTo(50), 0, { channels: 50 })).toBeUndefined();
  expect(check(upTo(51), 0, { channels: 50 })).toBeDefined();
});

test('80 % of them in one piece are enough', () => {
  expect(check(upTo(40), 8)).toBeDefined();
  expect(check(upTo(40), 9)).toBeUndefined();
});

test('a crop may have lost half of the numbers, not more', () => {
  const even = upTo(40).map((id) => 2 * id - 1);
  expect(check(even)).toBeDefined();
  expect(check(even.map((id) => (id === 79 ? 82 : id)))).toBeUndefined();
});

test('with two classes everything above 0 is read as 1', () => {
  expect(check(upTo(40))).toMatchObject({ repair: { repair: 'read-levels' } });
  expect(check(upTo(40), 0, { channels: 3 })).not.toHaveProperty('repair');
});

test.each<[string, SubjectChanges]>([
  ['fractions', { truth: { integers: 0.9 } }],
  ['shares of 255', { target: { scale: 1 / 255 } }],
  ['channels', { truth: { channelSums: { none: 0, one: 1, several: 0 } } }],
])('%s number nothing', (_, changes) => {
  expect(check(upTo(40), 0, changes)).toBeUndefined();
});
