import { expect, test } from 'vitest';
import { tinyForeground } from '../../src/rules/tiny-foreground.ts';
import { classesOf, confusionOf } from './_counts.ts';
import { circumstances, evaluation, type SubjectChanges, subject } from './_subject.ts';

/** Knowing the frequencies scores 0.05. */
function check(pixels: readonly number[], value: number, loss = 'ce', changes: SubjectChanges = {}) {
  const about = subject({ channels: 2, images: 1, ...changes });
  const confusion = confusionOf(pixels.map((n) => [n, 0]));
  const run = circumstances([evaluation(loss, about, { value, prior: 0.05 })]);
  return tinyForeground.check({ classes: classesOf([pixels]), confusion }, about, run);
}

test('below 1 % of foreground and 90 % of what the frequencies score is found, with the recall', () => {
  expect(check([9901, 99], 0.0451)).toMatchObject({
    message: expect.stringContaining('0.99 %'),
    evidence: expect.arrayContaining([{ label: 'recall of class 1', value: 0, unit: '%' }]),
  });
});

test('1 % of foreground, or a better loss, is clear', () => {
  expect(check([9900, 100], 0.0451)).toBeUndefined();
  expect(check([9901, 99], 0.0449)).toBeUndefined();
});

test('an empty target is another matter', () => {
  expect(check([10_000, 0], 0.0451)).toBeUndefined();
});

test('weights, other losses, sums and overlapping classes are not judged', () => {
  expect(check([9901, 99], 0.0451, 'ce', { weights: [1, 50] })).toHaveProperty('notApplicable');
  expect(check([9901, 99], 0.0451, 'bce-logits:pos-weight=9')).toHaveProperty('notApplicable');
  expect(check([9901, 99], 0.0451, 'ce:reduction=sum')).toHaveProperty('notApplicable');
  expect(check([9901, 99], 0.0451, 'dice')).toHaveProperty('notApplicable');
  expect(check([9901, 99], 0.0451, 'ce', { activation: 'softmax' })).toHaveProperty('notApplicable');
  expect(check([9901, 99], 0.0451, 'bce-logits', { kind: 'multilabel' })).toHaveProperty('notApplicable');
});
