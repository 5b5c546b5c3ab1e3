import { expect, test } from 'vitest';
import { backgroundInflatesDice } from '../../src/rules/background-inflates-dice.ts';
import { sumsOf } from './_counts.ts';
import { circumstances, evaluation, reported, subject } from './_subject.ts';

const sums = sumsOf([
  [
    [9000, 9000, 8900],
    [1000, 1000, 400],
  ],
]);

/** The loss with the background is 0.3. */
function check(foreground: number, loss = 'dice', channels = 2, pooled?: number) {
  const about = subject({ channels, images: 1 });
  const run = circumstances([evaluation(loss, about, { value: 0.3 })], {
    retake: (_, { background = true }) => (background ? 0.3 : foreground),
    reported: pooled === undefined ? null : reported([{ formula: 'dice-pooled', value: pooled }]),
  });
  return backgroundInflatesDice.check({ sums }, about, run);
}

test('a gap of 0.2 is found, with the Dice of every class', () => {
  expect(check(0.5)).toMatchObject({
    evidence: expect.arrayContaining([{ label: 'soft Dice of class 1', value: 0.4 }]),
    effect: { what: 'background=false', before: 0.3, after: 0.5 },
  });
});

test('a smaller gap is clear', () => {
  expect(check(0.499)).toBeUndefined();
});

test('without the background in the loss it is clear', () => {
  expect(check(0.6, 'dice:background=false')).toBeUndefined();
});

test('a reported ratio over all classes is held against their mean', () => {
  expect(check(0.4, 'dice', 2, 0.09)).toMatchObject({ message: expect.stringContaining('one ratio over all classes') });
  expect(check(0.4, 'dice', 2, 0.11)).toBeUndefined();
});

test('one channel has no background, and other losses have no Dice', () => {
  expect(check(0.6, 'dice', 1)).toHaveProperty('notApplicable');
  expect(check(0.6, 'ce')).toHaveProperty('notApplicable');
});

test('class weights do not stretch the gap: it is judged on a scale from 0 to 1', () => {
  const about = subject({ channels: 2, images: 1, weights: [1, 20] });
  const asked: Record<string, unknown>[] = [];
  const retake = (_: unknown, options: Record<string, unknown>) => {
    asked.push(options);
    return 0.3;
  };
  backgroundInflatesDice.check({ sums }, about, circumstances([evaluation('dice', about)], { retake }));
  expect(asked[0]).toMatchObject({ form: 'complement', reduction: 'mean', 'divide-by': 'weights' });
});
