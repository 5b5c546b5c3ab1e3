import { expect, test } from 'vitest';
import { constantTarget } from '../../src/rules/constant-target.ts';
import { classesOf } from './_counts.ts';
import { circumstances, type SubjectChanges, subject } from './_subject.ts';

function check(images: readonly (readonly number[])[], changes: SubjectChanges = {}) {
  return constantTarget.check({ classes: classesOf(images) }, subject({ channels: 3, ...changes }), circumstances());
}

test('one class in every mask is found', () => {
  expect(check([[100, 0, 0]])).toMatchObject({ message: expect.stringContaining('nothing but class 0') });
  expect(
    check([
      [100, 0, 0],
      [0, 0, 100],
    ]),
  ).toMatchObject({ message: expect.stringContaining('one of the classes 0 and 2') });
});

test('a single pixel of another class in one mask is enough to be clear', () => {
  expect(
    check([
      [100, 0, 0],
      [99, 1, 0],
    ]),
  ).toBeUndefined();
});

test('images without valid pixels are left out, and a case without any is another matter', () => {
  expect(
    check([
      [0, 0, 0],
      [0, 100, 0],
    ]),
  ).toMatchObject({ message: expect.stringContaining('the mask holds') });
  expect(check([[0, 0, 0]])).toBeUndefined();
});

test('names of classes are shown, and labels that overlap are not judged', () => {
  expect(check([[0, 5, 0]], { names: ['a', 'b', 'c'] })).toMatchObject({
    message: expect.stringContaining('class 1 (b)'),
  });
  expect(check([[5, 0, 0]], { kind: 'multilabel' })).toHaveProperty('notApplicable');
});
