import { expect, test } from 'vitest';
import type { Evaluation } from '../../src/core/index.ts';
import { starvedClass } from '../../src/rules/starved-class.ts';
import { confusionOf } from './_counts.ts';
import { circumstances, evaluation, type SubjectChanges, subject } from './_subject.ts';

const gradient = (share: number, l2 = 0.01) => ({
  l2,
  max: 1e-4,
  perClass: [1 - share, share],
  vanishing: 0,
  head: [],
});

/** A class of so many of 100,000 pixels, so many of them found, with such a share of the squared gradient of Dice. */
function check(pixels: number, found: number, share: number, changes: SubjectChanges = {}, others = true) {
  const about = subject(changes);
  const confusion = confusionOf([
    [1e5 - pixels, 0],
    [pixels - found, found],
  ]);
  const losses = [evaluation('dice', about, { gradient: gradient(share) })];
  const ce: Evaluation = evaluation('ce', about, { declared: false, gradient: gradient(0.4) });
  return starvedClass.check({ confusion }, about, circumstances(losses, { others: others ? [ce] : [] }));
}

test.each([
  ['0.1 % of the pixels', 100, 40, 0.0009, true],
  ['fewer', 99, 40, 0.0009, false],
  ['half of them found', 1000, 500, 0.0009, false],
  ['fewer than half', 1000, 499, 0.0009, true],
  ['0.1 % of the gradient', 1000, 0, 0.001, false],
  ['NaN', 1000, 0, Number.NaN, false],
])('%s', (_, pixels, found, share, starved) => {
  expect(check(pixels, found, share) !== undefined).toBe(starved);
});

test('names the loss that would feed the class', () => {
  expect(check(1000, 200, 1e-4)).toMatchObject({
    message: expect.stringContaining('0.01 % of the squared gradient of dice lies on them. ce has 40 % there'),
    evidence: expect.arrayContaining([{ label: 'squared gradient of ce on them', value: 40, unit: '%' }]),
  });
  expect(check(1000, 200, 1e-4, {}, false)).toMatchObject({ message: expect.stringContaining('needs a share of it') });
});

test('is not asked where the file holds no logits, or the loss is fed wrongly', () => {
  expect(check(1000, 0, 0, { activation: 'softmax' })).toHaveProperty('notApplicable');
  const about = subject();
  const loss = evaluation('dice:from=probabilities', about, { gradient: gradient(0) });
  const confusion = confusionOf([
    [900, 0],
    [100, 0],
  ]);
  expect(starvedClass.check({ confusion }, about, circumstances([loss]))).toHaveProperty('notApplicable');
});

test('a loss without any gradient starves no class in particular', () => {
  const about = subject();
  const loss = evaluation('dice', about, { gradient: gradient(0, 0) });
  const confusion = confusionOf([
    [900, 0],
    [100, 0],
  ]);
  expect(starvedClass.check({ confusion }, about, circumstances([loss]))).toHaveProperty('notApplicable');
});
