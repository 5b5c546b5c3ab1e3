import { expect, test } from 'vitest';
import { logAggregation } from '../../src/rules/log-aggregation.ts';
import { circumstances, evaluation, reported, subject } from './_subject.ts';

const five = [0.41, 0.53, 0.37, 0.62, 0.48];

interface Changes {
  readonly items?: readonly number[];
  readonly formula?: string;
  readonly asked?: () => void;
}

function check(typed: string, { items = five, formula, asked }: Changes = {}) {
  const about = subject({ images: items.length });
  const values = [{ name: 'loss', typed }];
  const run = circumstances([evaluation('ce', about, { value: 0.491 })], {
    reported: reported(formula === undefined ? [] : [{ formula, departures: ['scaled by 65,536'] }], { values }),
    perImage: () => {
      asked?.();
      return items;
    },
  });
  return logAggregation.check({}, about, run);
}

test.each([
  ['0.48200', 'the mean over the images, each of them averaged alone'],
  ['2.4100', 'the sum over the images'],
  ['0.48000', 'the loss of the last image alone'],
  ['0.41000', 'the loss of the first image alone'],
  ['1.6025', 'total / i + 1 instead of total / (i + 1)'],
  // (0.47 + 0.495 + 0.48) / 3
  ['0.481667', 'the mean over batches of 2, the short last one counted like the others'],
  // (0.4825 + 0.48) / 2
  ['0.48125', 'the mean over batches of 4, the short last one counted like the others'],
  // ((((0.41 * 0.9 + 0.053) * 0.9 + 0.037) * 0.9 + 0.062) * 0.9 + 0.048)
  ['0.441408', 'an exponential average over the images, decay 0.9'],
])('%s is %s', (typed, words) => {
  expect(check(typed)).toMatchObject({ message: expect.stringContaining(`the reported ${typed} is ${words}`) });
});

test('another number is clear', () => {
  expect(check('0.77777')).toBeUndefined();
});

test('with so few digits that a match may be chance it cannot tell', () => {
  expect(check('0.482')).toBeDefined();
  expect(check('0.102')).toHaveProperty('notApplicable');
  expect(check('0.48')).toHaveProperty('notApplicable');
});

test('a slip that a formula found is told without a look at the images', () => {
  const found = check('0.48200', {
    formula: 'amp-scaled',
    asked: () => {
      throw new Error('looked at the images');
    },
  });
  expect(found).toMatchObject({ message: expect.stringContaining('scaled by 65,536') });
});

test('an explained value is not looked into', () => {
  expect(check('0.48200', { formula: 'declared' })).toBeUndefined();
  expect(check('0.48200', { formula: 'label-smoothing' })).toBeUndefined();
});

test('one image has nothing to aggregate', () => {
  expect(check('0.48200', { items: [0.482] })).toHaveProperty('notApplicable');
});
