import { expect, test } from 'vitest';
import { misalignedTarget } from '../../src/rules/misaligned-target.ts';
import { agreement, chance } from './_agreement.ts';
import { circumstances, type SubjectChanges, subject } from './_subject.ts';

function check(offset: readonly number[], now: number, after: number, changes: SubjectChanges = {}) {
  const bestShift = { offset, now: agreement(now), after: agreement(after) };
  return misalignedTarget.check({ confusion: chance, bestShift }, subject(changes), circumstances());
}

test('a shift is found, in words and in numbers', () => {
  expect(check([7, -5], 0.1, 0.75)).toMatchObject({
    message: expect.stringContaining('shifted 7 pixels down and 5 pixels left'),
    evidence: expect.arrayContaining([{ label: 'shift (y, x)', value: '(7, -5)', unit: 'pixels' }]),
    repair: { repair: 'shift-target', placement: { offset: [7, -5] } },
  });
  expect(check([-2, 1, 0], 0.1, 0.75, { spatial: [20, 20, 20] })).toMatchObject({
    message: expect.stringContaining('2 pixels towards the first slice and 1 pixel down'),
  });
});

test('two pixels are enough in a small image, and half a percent in a large one', () => {
  expect(check([2, 0], 0.1, 0.75)).toBeDefined();
  expect(check([1, -1], 0.1, 0.75)).toBeUndefined();
  const large = { spatial: [1000, 1000] };
  expect(check([0, 5], 0.1, 0.75, large)).toBeDefined();
  expect(check([4, 4], 0.1, 0.75, large)).toBeUndefined();
});

test('the kappa must reach 0.3', () => {
  expect(check([4, 0], 0.1, 0.3)).toBeDefined();
  expect(check([4, 0], 0.1, 0.299)).toBeUndefined();
});

test('the gain must be 0.05 and a tenth', () => {
  expect(check([4, 0], 0.3, 0.351)).toBeDefined();
  expect(check([4, 0], 0.3, 0.349)).toBeUndefined();
  expect(check([4, 0], 0.8, 0.881)).toBeDefined();
  expect(check([4, 0], 0.8, 0.879)).toBeUndefined();
});
