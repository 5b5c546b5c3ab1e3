import { describe, expect, test } from 'vitest';
import type { Activation, Kind } from '../../src/core/index.ts';
import { parseLoss } from '../../src/measure/spec.ts';
import { formOf, properView, wiredView } from '../../src/measure/wiring.ts';
import { evaluate, type Picture } from '../_arrays.ts';

/** A view in a word: its steps, how logs are taken, and what the scores are multiplied by. */
function told({ steps, logs, scores }: ReturnType<typeof wiredView>): string {
  return `${steps.join(' > ') || 'nothing'}, ${logs}${scores === 1 ? '' : `, times ${scores}`}`;
}

test.each([
  ['logits', 'logits'],
  ['log-softmax', 'log-probabilities'],
  ['softmax', 'probabilities'],
  ['sigmoid', 'probabilities'],
  ['activated-twice', 'probabilities'],
  ['one-hot', 'probabilities'],
  ['labels', 'probabilities'],
  ['scaled-by-255', 'probabilities'],
] as const)('a file of %s holds %s', (activation, form) => {
  expect(formOf(activation)).toBe(form);
});

describe('what a loss does to the file, and what it should do', () => {
  const rows: readonly (readonly [string, Activation, Kind, string, string])[] = [
    // spec, the file holds, kind, as wired, as it should be
    ['ce', 'logits', 'exclusive', 'softmax, stable', 'softmax, stable'],
    ['ce', 'softmax', 'exclusive', 'softmax, stable', 'nothing, rounded'],
    ['ce', 'log-softmax', 'exclusive', 'softmax, stable', 'exp, stable'],
    ['ce', 'scaled-by-255', 'exclusive', 'softmax, stable', 'nothing, rounded, times 1/255'],
    ['ce:from=auto', 'softmax', 'exclusive', 'nothing, rounded', 'nothing, rounded'],
    ['ce:from=auto', 'log-softmax', 'exclusive', 'exp, stable', 'exp, stable'],
    ['ce:from=probabilities', 'logits', 'exclusive', 'nothing, rounded', 'softmax, stable'],
    ['nll', 'log-softmax', 'exclusive', 'exp, stable', 'exp, stable'],
    ['nll', 'softmax', 'exclusive', 'exp, stable', 'nothing, rounded'],
    ['nll', 'logits', 'exclusive', 'exp, stable', 'softmax, stable'],
    ['bce-logits', 'logits', 'binary', 'sigmoid, stable', 'sigmoid, stable'],
    ['bce-logits', 'sigmoid', 'binary', 'sigmoid, stable', 'nothing, rounded'],
    ['bce-logits', 'logits', 'exclusive', 'sigmoid, stable', 'sigmoid, stable'],
    // A loss that is made for probabilities takes the log of what it is handed.
    ['bce', 'sigmoid', 'binary', 'nothing, rounded', 'nothing, rounded'],
    ['bce', 'logits', 'binary', 'nothing, rounded', 'sigmoid, rounded'],
    ['bce:from=auto', 'logits', 'binary', 'sigmoid, rounded', 'sigmoid, rounded'],
    ['bce:from=logits', 'logits', 'binary', 'sigmoid, stable', 'sigmoid, stable'],
    ['dice', 'logits', 'exclusive', 'softmax, stable', 'softmax, stable'],
    ['dice', 'logits', 'binary', 'sigmoid, stable', 'sigmoid, stable'],
    ['dice', 'logits', 'multilabel', 'sigmoid, stable', 'sigmoid, stable'],
    ['dice', 'softmax', 'exclusive', 'nothing, rounded', 'nothing, rounded'],
    ['dice:from=logits', 'softmax', 'exclusive', 'softmax, stable', 'nothing, rounded'],
    ['focal', 'logits', 'exclusive', 'softmax, stable', 'softmax, stable'],
    ['focal:activation=sigmoid', 'logits', 'exclusive', 'sigmoid, stable', 'sigmoid, stable'],
    ['focal', 'logits', 'multilabel', 'sigmoid, stable', 'sigmoid, stable'],
  ];

  test.each(rows)('%s on %s of an %s problem: %s; %s', (typed, activation, kind, wired, proper) => {
    const spec = parseLoss(typed);
    expect(told(wiredView(spec, activation, kind))).toBe(wired);
    expect(told(properView(spec, activation, kind))).toBe(proper.replace('1/255', String(1 / 255)));
  });
});

describe('an evaluation', () => {
  const logits = [2, -1, 0.5, -2, 1, 3];
  const target = [0, 1, 1];
  const picture: Picture = { prediction: logits, target, spatial: [1, 3], channels: 2 };

  test('has one value when the wiring is right, and two when it is not', () => {
    const right = evaluate(picture, 'ce');
    expect(right.properValue.value).toBe(right.value);
    const [a, b] = [logits.slice(0, 3), logits.slice(3)];
    const p = a.map((z, i) => 1 / (1 + Math.exp((b[i] ?? 0) - z)));
    const wrong = evaluate({ ...picture, prediction: [...p, ...p.map((q) => 1 - q)], activation: 'softmax' }, 'ce');
    expect(wrong.properValue.value).toBeCloseTo(right.value, 14);
    expect(wrong.value).not.toBeCloseTo(right.value, 2);
    expect(wrong.floor).toBeCloseTo(Math.log1p(Math.exp(-1)), 14);
  });

  test('leaves out losses that are not defined for the kind of problem', () => {
    expect(() => evaluate({ ...picture, channels: 1, prediction: [0, 0, 0], kind: 'binary' }, 'nll')).toThrow(
      'not defined',
    );
  });
});
