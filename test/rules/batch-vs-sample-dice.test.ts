import { expect, test } from 'vitest';
import type { ViewedLoss } from '../../src/core/index.ts';
import { batchVsSampleDice } from '../../src/rules/batch-vs-sample-dice.ts';
import { circumstances, evaluation, reported, subject } from './_subject.ts';

interface Changes {
  readonly images?: number;
  readonly loss?: string;
  readonly formula?: string;
}

/** Dice per image is 0.4; over the batch it is what the test says. */
function check(pooled: number, { images = 2, loss = 'dice', formula }: Changes = {}) {
  const about = subject({ channels: 1, images });
  const run = circumstances([evaluation(loss, about, { value: 0.4 })], {
    retake: ({ spec }: ViewedLoss, { batch = spec.options.batch }) => (batch ? pooled : 0.4),
    perImage: () => [0.1, 0.7],
    reported: formula === undefined ? null : reported([{ formula, value: pooled }]),
  });
  return batchVsSampleDice.check({}, about, run);
}

test('a difference of 0.02 is a note that names the worst image', () => {
  expect(check(0.421)).toMatchObject({
    message: 'dice is 0.4 per image and 0.421 over the batch; compare only like with like.',
    evidence: expect.arrayContaining([{ label: 'worst image (1, counted from 0)', value: 0.7 }]),
    effect: { what: 'batch=true', before: 0.4, after: 0.421 },
  });
  expect(check(0.381)).toBeUndefined();
  expect(check(0.419)).toBeUndefined();
});

test('the other way round for a loss that pools', () => {
  expect(check(0.5, { loss: 'dice:batch=true' })).toMatchObject({ effect: { what: 'batch=false' } });
});

test('a reported value that is the declared one settles it', () => {
  expect(check(0.5, { formula: 'declared' })).toBeUndefined();
});

test('a reported value of the other kind is named', () => {
  expect(check(0.5, { formula: 'dice-pooled' })).toMatchObject({
    message: expect.stringContaining('0.5 was reported'),
  });
});

test('one image, or no overlap loss, leaves nothing to ask', () => {
  expect(check(0.5, { images: 1 })).toHaveProperty('notApplicable');
  expect(check(0.5, { loss: 'bce-logits' })).toHaveProperty('notApplicable');
});
