import { expect, test } from 'vitest';
import { classImbalance } from '../../src/rules/class-imbalance.ts';
import { classesOf, confusionOf } from './_counts.ts';
import { circumstances, evaluation, type SubjectChanges, subject } from './_subject.ts';

/** Pixels per class, and how many of the rarest (the last) are found. */
function check(pixels: readonly number[], found = 0, changes: SubjectChanges = {}) {
  const about = subject({ channels: pixels.length, ...changes });
  const last = pixels.length - 1;
  const matrix = pixels.map((n, row) =>
    pixels.map((_, k) => {
      if (row === last) return k === last ? found : k === 0 ? n - found : 0;
      return k === row ? n : 0;
    }),
  );
  const likelihood = { byRow: Float64Array.from(pixels, () => 1), weight: Float64Array.from(pixels), valid: 1 };
  return classImbalance.check(
    { classes: classesOf([pixels]), confusion: confusionOf(matrix), likelihood },
    about,
    circumstances([evaluation('ce', about)]),
  );
}

test('below 1 % and more than 100 times rarer is a warning with weights to paste', () => {
  expect(check([9930, 70])).toMatchObject({
    severity: 'warning',
    evidence: expect.arrayContaining([{ label: 'weights, balanced', value: '[0.5035, 71.43]' }]),
  });
});

test.each([
  ['1 % of the pixels', [9900, 100]],
  ['below 1 %, but 100 times rarer only', [4000, 3960, 1970, 40]],
  ['balanced classes', [5000, 5000]],
])('%s is clear', (_, pixels) => {
  expect(check(pixels)).toBeUndefined();
});

test('an absent class is not a rare one', () => {
  expect(check([5000, 5000, 0])).toBeUndefined();
});

test('rare classes that are found with a Dice of 0.5 earn a note', () => {
  // Dice of 2 * 30 / (90 + 30) and a little less.
  expect(check([9910, 90], 30)).toMatchObject({ severity: 'note' });
  expect(check([9910, 90], 29)).toMatchObject({ severity: 'warning' });
});

test('weights in use earn a note', () => {
  expect(check([9930, 70], 0, { weights: [1, 80] })).toMatchObject({ severity: 'note' });
});

test('an unreadable prediction leaves the shares of the loss out', () => {
  const obstacles = [{ rule: 'nonfinite-prediction', blocks: ['prediction', 'pair'], reason: 'NaN' }] as const;
  const finding = check([9930, 70], 70, { obstacles });
  expect(finding).toMatchObject({ severity: 'warning' });
  expect(JSON.stringify(finding)).not.toContain('of the cross-entropy');
});

test('labels that overlap are not weighed against each other', () => {
  expect(check([9930, 70], 0, { kind: 'multilabel' })).toHaveProperty('notApplicable');
});
