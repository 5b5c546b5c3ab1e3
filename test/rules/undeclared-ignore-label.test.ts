import { expect, test } from 'vitest';
import { undeclaredIgnoreLabel } from '../../src/rules/undeclared-ignore-label.ts';
import { circumstances, type SubjectChanges, subject } from './_subject.ts';

/** Labels with the share of their pixels that lies near edges; classes have none. */
function check(labels: Readonly<Record<string, number>>, known: readonly number[], changes: SubjectChanges = {}) {
  const strange = Object.entries(labels).map(([label, near]) => [Number(label), near] as const);
  const ascending = [...known, ...strange.map(([label]) => label)].sort((a, b) => a - b);
  const values = new Map(ascending.map((label) => [label, 100]));
  const truth = { values, size: 100 * values.size, nearEdges: new Map(strange) };
  return undeclaredIgnoreLabel.check({}, subject({ channels: 4, ...changes, truth }), circumstances());
}

test.each([255, 254, 250, -1, -100])('%i is void wherever it lies', (label) => {
  expect(check({ [label]: 0.1 }, [0, 1, 2])).toMatchObject({
    repair: { repair: 'ignore-label', parameter: label },
    strength: 0.85,
  });
  expect(check({ [label]: 0.9 }, [0, 1, 2])).toMatchObject({ strength: 0.95 });
});

test('any other label is void from 60 % near edges on', () => {
  expect(check({ 9: 0.6 }, [0, 1, 2])).toMatchObject({ repair: { parameter: 9 } });
  expect(check({ 9: 0.59 }, [0, 1, 2])).toBeUndefined();
});

test('one past the last class may be a class after all, and the message says so', () => {
  expect(check({ 4: 0.8 }, [0, 1, 2])).toMatchObject({ message: expect.stringContaining('the head needs 5 channels') });
  expect(check({ 9: 0.8 }, [0, 1, 2])).toMatchObject({ message: expect.not.stringContaining('head') });
});

test('several void labels are repaired together, and one real class among them settles the matter', () => {
  expect(check({ 250: 0.2, 255: 0.9 }, [0, 1, 2])).toMatchObject({
    repair: { repair: 'ignore-strange-labels' },
    message: expect.stringContaining('--ignore-index 250 --ignore-index 255'),
  });
  expect(check({ 6: 0.3, 255: 0.9 }, [0, 1, 2])).toBeUndefined();
});

test('beside a single class a usual id must lie near edges too', () => {
  expect(check({ 255: 0.5 }, [0])).toBeUndefined();
  expect(check({ 255: 0.7 }, [0])).toBeDefined();
});

test.each([
  ['0, 1 and 255', [0, 1], true],
  ['0 and 255, a scaled mask', [0], false],
  ['1 and 255', [1], true],
])('of two classes, %s', (_, known, found) => {
  expect(check({ 255: 0.9 }, known, { channels: 1 }) !== undefined).toBe(found);
  expect(check({ 255: 0.9 }, known, { channels: 2 }) !== undefined).toBe(found);
});

test('of two classes, 0, 128 and 255 are three grey levels, and -1 and 1 a normalised mask', () => {
  expect(check({ 128: 0.9, 255: 0.9 }, [0], { channels: 1 })).toBeUndefined();
  expect(check({ '-1': 0.9 }, [1], { channels: 1 })).toBeUndefined();
});

test('a declared label is clear', () => {
  expect(check({ 255: 0.9 }, [0, 1, 2], { ignore: [255] })).toBeUndefined();
});
