import { describe, expect, test } from 'vitest';
import type { Rule, TargetTotals } from '../../src/core/index.ts';
import { conventionVariant } from '../../src/rules/convention-variant.ts';
import { ignoredInDenominator } from '../../src/rules/ignored-in-denominator.ts';
import { weightedMeanNormaliser } from '../../src/rules/weighted-mean-normaliser.ts';
import { circumstances, evaluation, reported, type SubjectChanges, subject } from './_subject.ts';

interface Changes {
  readonly verdict?: 'ambiguous' | 'explained';
  readonly typed?: string;
  readonly ignored?: number;
  readonly about?: SubjectChanges;
}

/** The loss as declared is 0.5; of 10,000 pixels some are ignored. */
function check(rule: Rule, formula: string | null, value: number, changes: Changes = {}) {
  const { verdict, typed = value.toFixed(4), ignored = 1000, about: own } = changes;
  const about = subject({ images: 1, ...own });
  const totals = {
    valid: Float64Array.of(10_000 - ignored),
    ignored: Float64Array.of(ignored),
  } as Partial<TargetTotals>;
  const matches = formula === null ? [] : [{ formula, value, departures: ['divided otherwise'] }];
  const values = [{ name: 'loss', typed }];
  const run = circumstances([evaluation('ce', about)], {
    reported: reported(matches, { values, ...(verdict === undefined ? {} : { verdict }) }),
  });
  return rule.check({ totals }, about, run);
}

describe('ignored-in-denominator', () => {
  test.each(['ignored-in-denominator', 'ignore-not-applied'])(
    '%s is found, with the loss over the valid pixels',
    (id) => {
      expect(check(ignoredInDenominator, id, 0.45)).toMatchObject({
        effect: { what: 'over the valid pixels only', before: 0.45, after: 0.5 },
      });
    },
  );

  test('another explanation, an ambiguous one, or none is clear', () => {
    expect(check(ignoredInDenominator, 'sum', 5000)).toBeUndefined();
    expect(check(ignoredInDenominator, 'ignored-in-denominator', 0.45, { verdict: 'ambiguous' })).toBeUndefined();
    expect(check(ignoredInDenominator, null, 0.45)).toBeUndefined();
  });

  test('without ignored pixels, or with too few for the digits, it cannot tell', () => {
    expect(check(ignoredInDenominator, null, 0.5, { ignored: 0 })).toHaveProperty('notApplicable');
    expect(check(ignoredInDenominator, null, 0.5, { ignored: 9, typed: '0.500' })).toHaveProperty('notApplicable');
    expect(check(ignoredInDenominator, null, 0.5, { ignored: 11, typed: '0.500' })).toBeUndefined();
  });
});

describe('weighted-mean-normaliser', () => {
  const about = { weights: [1, 4] };

  test.each(['weighted-by-count', 'weighted-dice-unnormalised'])('%s is found', (id) => {
    expect(check(weightedMeanNormaliser, id, 0.8, { about })).toMatchObject({
      message: expect.stringContaining('divided otherwise, ce is the reported 0.8000; as declared it is 0.5'),
    });
  });

  test('a difference of 1 % or less is clear', () => {
    expect(check(weightedMeanNormaliser, 'weighted-by-count', 0.5051, { about })).toBeDefined();
    expect(check(weightedMeanNormaliser, 'weighted-by-count', 0.5049, { about })).toBeUndefined();
  });

  test('equal weights, or none, make no difference', () => {
    expect(check(weightedMeanNormaliser, null, 0.8, { about: { weights: [2, 2] } })).toHaveProperty('notApplicable');
    expect(check(weightedMeanNormaliser, null, 0.8)).toHaveProperty('notApplicable');
  });
});

describe('convention-variant', () => {
  test.each(['dice-squared', 'tversky-swapped', 'focal-alpha', 'label-smoothing', 'jaccard'])('%s is found', (id) => {
    expect(check(conventionVariant, id, 0.7)).toMatchObject({ message: expect.stringContaining('divided otherwise') });
  });

  test.each(['sum', 'double-softmax', 'declared', 'ignored-in-denominator'])(
    '%s is no convention of the loss',
    (id) => {
      expect(check(conventionVariant, id, 0.7)).toBeUndefined();
    },
  );
});

test.each([ignoredInDenominator, conventionVariant])('$id rests on the digits typed', (rule) => {
  expect(check(rule, null, 0.45, { typed: '0.45' })).toHaveProperty('notApplicable');
  expect(check(rule, null, 0.45, { typed: '0.450' })).toBeUndefined();
  const about = subject();
  const totals = { valid: Float64Array.of(1), ignored: Float64Array.of(1) };
  expect(rule.check({ totals }, about, circumstances([evaluation('ce', about)]))).toHaveProperty('notApplicable');
});
