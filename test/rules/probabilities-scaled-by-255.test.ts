import { expect, test } from 'vitest';
import { probabilitiesScaledBy255 } from '../../src/rules/probabilities-scaled-by-255.ts';
import { circumstances, evaluation, subject } from './_subject.ts';

const bytes = { min: 0, max: 255, integers: 1, distinct: 200 };
const about = subject({ channels: 1, activation: 'scaled-by-255', scores: bytes });

test('bytes under a declared loss are an error that feeding the loss as expected repairs', () => {
  const found = probabilitiesScaledBy255.check({}, about, circumstances([evaluation('dice', about)]));
  expect(found).toMatchObject({ repair: { repair: 'feed-as-expected' }, message: expect.stringContaining('0 to 255') });
  expect(found).not.toHaveProperty('severity');
});

test('without a declared loss they are a warning', () => {
  const assumed = evaluation('bce', about, { declared: false });
  expect(probabilitiesScaledBy255.check({}, about, circumstances([assumed]))).toMatchObject({ severity: 'warning' });
});

test('the message says what the declared loss takes', () => {
  const found = probabilitiesScaledBy255.check({}, about, circumstances([evaluation('bce-logits', about)]));
  expect(found).toMatchObject({ message: expect.stringContaining('takes logits') });
});

test('any other file is clear', () => {
  expect(probabilitiesScaledBy255.check({}, subject(), circumstances())).toBeUndefined();
});
