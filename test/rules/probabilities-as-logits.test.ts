import { describe, expect, test } from 'vitest';
import type { Match, Reported } from '../../src/core/index.ts';
import { probabilitiesAsLogits } from '../../src/rules/probabilities-as-logits.ts';
import { circumstances, evaluation, reported, subject } from './_subject.ts';

function check(matches: (Partial<Match> & Pick<Match, 'formula'>)[], changes: Partial<Reported> = {}) {
  const about = subject();
  const run = circumstances([evaluation('ce', about)], { reported: reported(matches, changes), reportedValue: 1.904 });
  return probabilitiesAsLogits.check({}, about, run);
}

describe('a file of logits whose reported value is that of two activations', () => {
  const twice = [{ formula: 'double-softmax', departures: ['softmax applied twice'] }];
  const unsure = { verdict: 'ambiguous' } as const;

  test('is an error when nothing else can be it', () => {
    expect(check(twice)).toMatchObject({ message: expect.stringContaining('softmax applied twice') });
    expect(check(twice)).not.toHaveProperty('severity');
  });

  test('is a warning when it is all that fits, and fewer than one in twenty would by chance', () => {
    expect(check(twice, { ...unsure, expectedChanceMatches: 0.05 })).toMatchObject({ severity: 'warning' });
    expect(check(twice, { ...unsure, expectedChanceMatches: 0.0501 })).toBeUndefined();
  });

  test('is nothing when something else fits as well, or it takes a second change', () => {
    const rare = { ...unsure, expectedChanceMatches: 0.02 };
    expect(check([...twice, { formula: 'log2', departures: ['base 2'] }], rare)).toBeUndefined();
    expect(
      check([{ formula: 'double-softmax', departures: ['softmax applied twice', 'base 2'] }], rare),
    ).toBeUndefined();
    expect(check(twice, { verdict: 'too-few-digits', expectedChanceMatches: 0.02 })).toBeUndefined();
  });
});
