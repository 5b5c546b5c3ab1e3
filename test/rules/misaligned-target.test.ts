import { expect, test } from 'vitest';
import { misalignedTarget } from '../../src/rules/misaligned-target.ts';
import { agreement, chance } from './_agreement.ts';
import { confusionOf } from './_counts.ts';
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

test('the gain must be 0.03 and 5 %', () => {
  expect(check([4, 0], 0.3, 0.331)).toBeDefined();
  expect(check([4, 0], 0.3, 0.329)).toBeUndefined();
  expect(check([4, 0], 0.8, 0.841)).toBeDefined();
  expect(check([4, 0], 0.8, 0.839)).toBeUndefined();
});

test('no shift is looked for where the frequencies of target and decisions could not agree anyway', () => {
  const searched = (rare: number): boolean => {
    let touched = false;
    const values = {
      // Of 1,000 pixels 400 are marked, and so many are decided as marked.
      confusion: confusionOf([
        [600 - rare / 2, rare / 2],
        [400 - rare / 2, rare / 2],
      ]),
      get bestShift() {
        touched = true;
        return { offset: [0, 0], now: agreement(0), after: agreement(0) };
      },
    };
    misalignedTarget.check(values, subject(), circumstances());
    return touched;
  };
  // Kappa could be 0.146 with 50 pixels and 0.152 with 52; 0.15 is half of what is needed.
  expect(searched(52)).toBe(true);
  expect(searched(50)).toBe(false);
});
