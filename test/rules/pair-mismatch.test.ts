import { expect, test } from 'vitest';
import { pairMismatch } from '../../src/rules/pair-mismatch.ts';
import { chance } from './_agreement.ts';
import { circumstances, subject } from './_subject.ts';

function check(now: number, after: number, ownBest = 0.25, images = 4) {
  const partners = [1, 2, 0, 3];
  const kappas = partners.map((partner) => partners.map((_, j) => (j === partner ? after : now)));
  const pairing = { kappas, partners, now, after, ownBest };
  return pairMismatch.check({ confusion: chance, pairing }, subject({ images }), circumstances());
}

test('predictions with the targets of other images are found, with their partners', () => {
  expect(check(0.1, 0.8)).toMatchObject({
    message: expect.stringMatching(/^3 of 4 .* 0 with target 1, 1 with target 2 and 2 with target 0/),
    repair: { repair: 'pair-target', placement: { images: [1, 2, 0, 3] } },
    evidence: expect.arrayContaining([{ label: 'targets in the order of the predictions', value: '[1, 2, 0, 3]' }]),
  });
});

test('a mean kappa of 0.4 and a gain of 0.2 are enough, a little less is not', () => {
  expect(check(0.1, 0.4)).toBeDefined();
  expect(check(0.1, 0.399)).toBeUndefined();
  expect(check(0.375, 0.576)).toBeDefined();
  expect(check(0.375, 0.574)).toBeUndefined();
});

test('half of the predictions agreeing best with their own target clear the batch', () => {
  expect(check(0.1, 0.8, 0.49)).toBeDefined();
  expect(check(0.1, 0.8, 0.5)).toBeUndefined();
});

test('fewer than four images are not asked', () => {
  expect(check(0.1, 0.8, 0, 4)).not.toHaveProperty('notApplicable');
  expect(check(0.1, 0.8, 0, 3)).toHaveProperty('notApplicable');
});
