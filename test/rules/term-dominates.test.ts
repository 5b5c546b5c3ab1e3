import { expect, test } from 'vitest';
import { termDominates } from '../../src/rules/term-dominates.ts';
import { circumstances, evaluation, subject } from './_subject.ts';
import { sumOf } from './_sums.ts';

const about = subject({ channels: 1 });

/** Gradient norms of dice and of 2 * bce-logits. */
function check(dice: number, ce: number) {
  const sum = sumOf('dice + 2*bce-logits', about, [
    { value: 0.4, l2: dice },
    { value: 0.2, l2: ce },
  ]);
  return termDominates.check({}, about, circumstances([sum]));
}

test('more than 95 % of the gradient is found, with the factor that balances', () => {
  expect(check(0.04, 0.96)).toMatchObject({
    message: expect.stringContaining('a factor of 0.083 instead of 2 would give it the pull of dice'),
  });
  expect(check(0.96, 0.04)).toMatchObject({ message: expect.stringContaining('a factor of 0.042 instead of 1') });
});

test('95 % is clear', () => {
  expect(check(0.05, 0.95)).toBeUndefined();
});

test('a term without any gradient is another defect', () => {
  expect(check(0, 1)).toBeUndefined();
});

test('a loss that is no sum has no terms to weigh', () => {
  expect(termDominates.check({}, about, circumstances([evaluation('bce-logits', about)]))).toHaveProperty(
    'notApplicable',
  );
});
