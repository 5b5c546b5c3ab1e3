import { describe, expect, test } from 'vitest';
import { Appraiser } from '../../src/diagnose/appraise.ts';
import { changesOf, hypothesis } from '../../src/diagnose/hypothesis.ts';
import { formulas } from '../../src/formulas/index.ts';
import { evaluateLosses } from '../../src/measure/evaluate.ts';
import { Measurements } from '../../src/measure/measurements.ts';
import { parseLoss } from '../../src/measure/spec.ts';
import { caseOf, type Picture } from '../_arrays.ts';
import { picture } from '../diagnose/_draws.ts';

const losses = [
  'ce',
  'weighted-ce',
  'nll',
  'bce:from=probabilities',
  'bce-logits:pos-weight=2',
  'focal:alpha=0.25',
  'dice',
  'dice:pooled=true',
  'iou',
  'tversky',
  'dice + 0.5*ce',
];

/** Pictures of every kind, and stored as every activation that formulas ask for. */
const pictures: readonly Picture[] = Array.from({ length: 12 }, (_, seed) => picture(seed)).flatMap((own, k) => {
  const values = Array.from(own.prediction);
  const variants: Picture[] = [
    own,
    { ...own, activation: 'log-softmax', prediction: values.map((z) => -Math.abs(z)) },
    { ...own, ignore: [0, 1, 2, 3, 4, 255] },
  ];
  return variants.slice(k % 3, (k % 3) + 1);
});

const made = pictures.flatMap((own) =>
  losses.flatMap((text) => {
    const measurements = new Measurements(caseOf(own));
    const spec = parseLoss(text);
    const [evaluation] = spec.loss.kinds.includes(measurements.source.kind) ? evaluateLosses([spec], measurements) : [];
    if (evaluation === undefined) return [];
    const { source } = measurements;
    const changes = changesOf(evaluation, formulas, source, source.totals(evaluation.wired));
    return [{ evaluation, measurements, changes }];
  }),
);

describe.each(formulas.map((formula) => ({ formula, id: formula.id })))('$id', ({ formula, id }) => {
  const own = made.map((it) => ({ ...it, changes: it.changes.filter((change) => change.formula === id) }));

  test('says in other words each time what differs from the declared loss', () => {
    for (const { changes } of own) {
      const words = changes.map(({ departures, term }) => `${term} ${departures.join()}`);
      expect(new Set(words).size).toBe(words.length);
      if (id !== 'declared') expect(changes.every(({ departures }) => departures.length > 0)).toBe(true);
    }
  });

  test('gives a number for every supposition, under a name that can be typed', () => {
    for (const { evaluation, measurements, changes } of own) {
      for (const change of changes) {
        const supposed = hypothesis(evaluation, [change], measurements.source);
        if (supposed === null) continue;
        expect(() => parseLoss(supposed.text)).not.toThrow();
        expect(typeof new Appraiser(measurements).value(supposed)).toBe('number');
      }
    }
  });

  test('supposes something on some arrays, or says when it is compatible with a number', () => {
    const never = ['overflow'];
    if (formula.compatible === undefined && formula.mends === undefined && !never.includes(id)) {
      expect(own.some(({ changes }) => changes.length > 0)).toBe(true);
    }
  });

  test('knows constants that are finite, if any', () => {
    for (const classes of [1, 2, 21]) {
      for (const foreground of [null, 0.1]) {
        for (const { value, what } of formula.constants?.({ classes, foreground }) ?? []) {
          expect(Number.isFinite(value)).toBe(true);
          expect(what).not.toBe('');
        }
      }
    }
  });
});
