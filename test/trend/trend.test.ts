import { describe, expect, test } from 'vitest';
import { InputError, type NdArray, ndarray, UsageError, type Verdict } from '../../src/core/index.ts';
import { type TrendReport, trend } from '../../src/index.ts';
import { random } from '../_arrays.ts';
import { stripes } from '../descend/_start.ts';

const size = 16;
const { logits, probabilities, mask } = stripes(3, size, 1, 1);

/** The same scores, changed one by one; `at` is the place in [C, H, W] order. */
function changed(change: (value: number, at: number) => number, from: NdArray = logits): NdArray {
  return ndarray(
    Float32Array.from(from.data, (value, at) => change(value, at)),
    from.shape,
    from.dtype,
  );
}

const noise = random(2);
const drift = Float64Array.from(logits.data, () => noise() - 0.5);
/** A checkpoint of a run that ends at `logits`; 0 is its beginning. */
const checkpoint = (progress: number): NdArray =>
  changed((value, at) => progress * value + (1 - progress) * 4 * (drift[at] ?? 0));

function verdict({ verdicts }: TrendReport, rule: string): Verdict {
  const own = verdicts.filter((it) => it.rule === rule);
  expect(own).toHaveLength(1);
  return own[0] as Verdict;
}

describe('a run that learns', () => {
  const report = trend([0, 0.5, 1].map(checkpoint), mask, { loss: ['ce', 'dice'] });

  test('has nothing wrong with it', () => {
    expect(report.verdicts.filter(({ status }) => status === 'found')).toEqual([]);
    expect(report.verdicts.map(({ rule }) => rule).sort()).toEqual(
      ['divergence', 'dying-class', 'forms-differ', 'frozen-output', 'plateau', 'train-eval-gap'].sort(),
    );
  });

  test('has the value of every loss at every checkpoint, what the prior scores, and the floor', () => {
    const [ce, dice] = report.losses;
    expect(ce?.values).toHaveLength(3);
    expect(ce?.values.toSorted((a, b) => b - a)).toEqual(ce?.values);
    expect(ce?.prior).toBeCloseTo(Math.log(3), 1);
    expect([ce?.floor, dice?.spec]).toEqual([0, 'dice']);
  });

  test('says how far the probabilities moved, from one checkpoint to the next', () => {
    expect(report.checkpoints[0]?.change).toBeNull();
    for (const { change } of report.checkpoints.slice(1)) {
      expect(change?.rms).toBeGreaterThan(0.01);
      expect(change?.mean).toBeLessThanOrEqual(change?.rms ?? 0);
    }
  });

  test('has the Dice of every class at every checkpoint', () => {
    expect(report.classes).toHaveLength(3);
    for (const { dice, predicted } of report.classes) {
      expect(dice[2]).toBeGreaterThan(dice[0] ?? 1);
      expect(predicted).toHaveLength(3);
    }
  });
});

test('the change is the root mean square over valid pixels and channels', () => {
  const one = ndarray(Float32Array.of(0.2, 0.9, 0.5, 0.25), [1, 2, 2], 'float32');
  const two = ndarray(Float32Array.of(0.3, 0.9, 0.1, 0.5), [1, 2, 2], 'float32');
  const truth = ndarray(Uint8Array.of(0, 1, 0, 255), [2, 2], 'uint8');
  const options = { ignoreIndex: 255, activation: 'sigmoid', loss: 'dice' };
  const change = trend([one, two], truth, options).checkpoints[1]?.change;
  expect(change?.rms).toBeCloseTo(Math.sqrt((0.01 + 0.16) / 3), 6);
  expect(change?.mean).toBeCloseTo(0.5 / 3, 6);
});

describe('findings', () => {
  const options = { loss: 'ce' };

  test('three copies of one export are frozen', () => {
    const found = verdict(trend([checkpoint(0), checkpoint(0), checkpoint(0)], mask, options), 'frozen-output');
    expect(found).toMatchObject({ status: 'found', severity: 'warning' });
  });

  test('two checkpoints are too few for that, and it is said', () => {
    const { status, reason } = verdict(trend([checkpoint(0), checkpoint(0)], mask, options), 'frozen-output');
    expect(status).toBe('not-applicable');
    expect(reason).toContain('needs three checkpoints');
  });

  test('a loss that rises by more than half of its best diverges; by less it does not', () => {
    const up = (factor: number): NdArray => changed((value) => factor * value);
    expect(verdict(trend([up(1), up(-0.5)], mask, options), 'divergence').status).toBe('found');
    expect(verdict(trend([up(1), up(0.9)], mask, options), 'divergence').status).toBe('clear');
    expect(verdict(trend([up(1), up(-0.5), up(0.2)], mask, options), 'divergence').status).toBe('clear');
  });

  test('a checkpoint of NaN is an error that names it', () => {
    const broken = changed((value, at) => (at === 5 ? Number.NaN : value));
    const { status, severity, message } = verdict(trend([logits, broken], mask, options), 'divergence');
    expect([status, severity]).toEqual(['found', 'error']);
    expect(message).toContain('ce is NaN at checkpoint 2');
  });

  test('a class that was found and is not any more has died', () => {
    const dead = changed((value, at) => (at >= 2 * size * size ? value - 20 : value));
    const found = verdict(trend([checkpoint(0), logits, dead], mask, options), 'dying-class');
    expect(found.status).toBe('found');
    expect(found.message).toContain('class 2 had a Dice of');
    expect(found.message).toContain('at checkpoint 2');
    expect(verdict(trend([dead, logits], mask, options), 'dying-class').status).toBe('clear');
  });

  test('less than 1 % of change over three checkpoints is a plateau, more is not', () => {
    const near = (by: number): NdArray => changed((value) => value * (1 + by));
    const standing = trend([logits, near(0.005), near(0.003)], mask, options);
    expect(verdict(standing, 'frozen-output').status).toBe('clear');
    expect(verdict(standing, 'plateau')).toMatchObject({ status: 'found', severity: 'note' });
    expect(verdict(trend([logits, near(0.1), near(0.2)], mask, options), 'plateau').status).toBe('clear');
  });

  test('a frozen output is not told twice', () => {
    expect(verdict(trend([checkpoint(0), checkpoint(0), checkpoint(0)], mask, options), 'plateau').status).toBe(
      'clear',
    );
  });

  test('logits beside probabilities are compared as probabilities, with a note', () => {
    const report = trend([logits, probabilities], mask, { loss: 'dice' });
    expect(report.checkpoints[1]?.change?.rms).toBeLessThan(1e-6);
    expect(report.losses[0]?.values[0]).toBeCloseTo(report.losses[0]?.values[1] ?? 0, 6);
    expect(verdict(report, 'forms-differ').message).toContain('checkpoint 1: logits; checkpoint 2: softmax');
  });
});

describe('two modes', () => {
  test('are compared as probabilities, so that an activation between them is no gap', () => {
    const report = trend([], mask, { loss: 'ce', modes: [logits, probabilities] });
    expect(verdict(report, 'train-eval-gap').status).toBe('clear');
    expect(verdict(report, 'forms-differ').status).toBe('found');
    expect(report.modes?.train.loss).toBeCloseTo(report.modes?.eval.loss ?? 0, 5);
  });

  test('that answer differently are found, alone or beside checkpoints', () => {
    const flat = changed((value) => 0.1 * value);
    for (const checkpoints of [[], [checkpoint(0), logits]]) {
      const report = trend(checkpoints, mask, { loss: 'ce', modes: [logits, flat] });
      expect(verdict(report, 'train-eval-gap').status).toBe('found');
      expect(report.checkpoints).toHaveLength(checkpoints.length);
    }
  });
});

describe('what is refused', () => {
  test('a single checkpoint, none, and anything but two modes', () => {
    expect(() => trend([logits], mask)).toThrow(UsageError);
    expect(() => trend([], mask)).toThrow(UsageError);
    expect(() => trend([logits, logits], mask, { modes: [logits] })).toThrow('--modes takes two files');
  });

  test('exports of different inputs, with both shapes', () => {
    const other = stripes(4, size, 3).logits;
    expect(() => trend([logits, other], mask)).toThrow(InputError);
    expect(() => trend([logits, other], mask)).toThrow(
      'checkpoint 2 [4, 16, 16] is not of the same input as checkpoint 1 [3, 16, 16]',
    );
  });
});

test('a guess about one export is settled by the others', () => {
  const shy = changed((value) => 0.5 + 0.01 * value);
  const report = trend([shy, logits], mask, { loss: 'dice' });
  expect(report.checkpoints.map(({ activation }) => activation)).toEqual(['logits', 'logits']);
});
