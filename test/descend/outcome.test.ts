import { describe, expect, test } from 'vitest';
import type { GradientSummary } from '../../src/core/index.ts';
import { outcomeOf, short } from '../../src/descend/outcome.ts';
import type { Walk } from '../../src/descend/walk.ts';

const known = { value: 1, floor: 0, lowerBound: 0, raises: null, found: false };

function gone(values: readonly number[], end: Walk['end'] = 'steps'): Walk {
  return { values, scores: [], gradient: {} as GradientSummary, end };
}

/** So many values from one to another, evenly. */
function line(from: number, to: number, steps = 20): number[] {
  return Array.from({ length: steps + 1 }, (_, k) => from + ((to - from) * k) / steps);
}

describe('the outcome of a descent', () => {
  test('95 % of the way down is free, 94 % is on its way', () => {
    expect(outcomeOf(known, gone(line(1, 0.05))).outcome).toBe('free');
    expect(outcomeOf(known, gone(line(1, 0.06))).outcome).toBe('falling');
  });

  test('the lowest value is named where it was reached to 1 in 10,000, else the value that was', () => {
    expect(outcomeOf(known, gone(line(1, 1e-5))).verdict).toBe('falls freely to 0');
    expect(outcomeOf(known, gone(line(1, 0.02))).verdict).toBe('falls freely to 0.02');
  });

  test('a floor above the lowest value of the formula is reached, or in the way', () => {
    const floored = { ...known, floor: 1.274 };
    expect(outcomeOf(floored, gone(line(2, 1.2741)))).toEqual({
      outcome: 'floor',
      verdict: 'is stuck at its floor 1.274: no logits can get lower',
    });
    expect(outcomeOf(floored, gone(line(2, 1.5)))).toEqual({
      outcome: 'limited',
      verdict: 'falls to 1.5 so far; no logits can get below 1.274',
    });
    expect(outcomeOf({ ...known, floor: 1e-9 }, gone(line(1, 1e-9))).outcome).toBe('free');
  });

  test('less than 1 % of the fall in the last quarter is a standstill', () => {
    const slow = [...line(1, 0.5, 15), ...line(0.499, 0.4945, 5)];
    const slower = [...line(1, 0.5, 15), ...line(0.499, 0.4985, 5)];
    expect(outcomeOf(known, gone(slow)).outcome).toBe('falling');
    expect(outcomeOf(known, gone(slower)).outcome).toBe('stalled');
  });

  test('without a lowest value a steady fall has no end, one that slows down may', () => {
    const open = { ...known, floor: -Infinity, lowerBound: -Infinity };
    expect(outcomeOf(open, gone(line(1, -1000))).outcome).toBe('bottomless');
    expect(outcomeOf(open, gone([...line(1, -10, 15), ...line(-10.1, -10.6, 5)])).outcome).toBe('falling');
  });

  test('below the lowest value of the formula something is fed wrongly', () => {
    expect(outcomeOf({ ...known, floor: -1 }, gone(line(-0.2, -0.9))).outcome).toBe('below');
  });

  test('a gradient of 0 is a defect only where something is left to be found', () => {
    expect(outcomeOf(known, gone([0], 'zero-gradient')).outcome).toBe('no-gradient');
    expect(outcomeOf({ ...known, found: true }, gone([0], 'zero-gradient'))).toEqual({
      outcome: 'free',
      verdict: 'is as low as it can be already',
    });
    expect(outcomeOf(known, gone([0.4], 'no-lower')).verdict).toBe(
      'cannot move from 0.4: no step along its gradient lowers it',
    );
  });

  test('what is no number, and what raises, is said to', () => {
    expect(outcomeOf(known, gone([Number.POSITIVE_INFINITY])).verdict).toBe(
      'starts at infinity: there is no way down from there',
    );
    expect(outcomeOf(known, gone([1, 0.9], 'nan-gradient')).outcome).toBe('no-number');
    expect(outcomeOf({ ...known, raises: 'no channel' }, null)).toEqual({
      outcome: 'raises',
      verdict: 'raises an error: no channel',
    });
    expect(outcomeOf(known, null).outcome).toBe('no-gradient');
    expect(outcomeOf({ ...known, value: Number.NaN }, null).outcome).toBe('no-number');
  });
});

test('numbers of a verdict have four digits', () => {
  expect([1.23456, 0, -211465750682066, Number.NaN, -Infinity].map(short)).toEqual([
    '1.235',
    '0',
    '-2.115e14',
    'NaN',
    '-infinity',
  ]);
});
