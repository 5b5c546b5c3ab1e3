import { describe, expect, test } from 'vitest';
import type { Reported } from '../../src/core/index.ts';
import { Appraiser } from '../../src/diagnose/appraise.ts';
import { changesOf, hypothesis, pairsOf } from '../../src/diagnose/hypothesis.ts';
import { explainReported } from '../../src/diagnose/reported.ts';
import { parseReported } from '../../src/diagnose/typed.ts';
import { formulas } from '../../src/formulas/index.ts';
import { evaluateLosses } from '../../src/measure/evaluate.ts';
import { Measurements } from '../../src/measure/measurements.ts';
import { parseLoss } from '../../src/measure/spec.ts';
import { caseOf, type Picture } from '../_arrays.ts';
import { picture } from './_draws.ts';

function explain(own: Picture, loss: string | readonly string[], ...reported: string[]): Reported {
  const measurements = new Measurements(caseOf(own));
  const evaluations = evaluateLosses(
    [loss].flat().map((text) => parseLoss(text)),
    measurements,
  );
  return explainReported(reported.map(parseReported), evaluations, measurements, formulas);
}

/** The value of the declared loss changed by the formulas named, the first supposition of each that has these words. */
function made(own: Picture, loss: string, ...words: string[]): number {
  const measurements = new Measurements(caseOf(own));
  const { source } = measurements;
  const [evaluation] = evaluateLosses([parseLoss(loss)], measurements);
  if (evaluation === undefined) throw new Error('no such loss');
  const all = [...changesOf(evaluation, formulas, source, source.totals(evaluation.wired))].sort(
    (a, b) => a.departures.length - b.departures.length,
  );
  const changes = words.map((word) => all.find(({ departures }) => departures.some((it) => it.includes(word))));
  const supposed = hypothesis(
    evaluation,
    changes.filter((it) => it !== undefined),
    source,
  );
  const value = supposed === null || changes.includes(undefined) ? null : new Appraiser(measurements).value(supposed);
  if (value === null) throw new Error(`no ${words.join(' and ')} of ${loss}`);
  return value;
}

/** The first drawn picture that is as wanted, without weights. */
function find(wanted: (it: Picture) => boolean): Picture {
  for (let seed = 0; seed < 1000; seed++) {
    const { weights: _, ...own } = picture(seed);
    if (wanted(own)) return own;
  }
  throw new Error('no such picture is drawn');
}

const binary = find(({ channels }) => channels === 1);
const several = find(({ channels, images = 1, ignore }) => channels === 4 && images > 1 && ignore !== undefined);
const exclusive: Picture = { ...several, weights: [0.4, 1, 2.2, 1.3] };

describe('a number', () => {
  test('that is the declared value is nothing else, with two digits as with six', () => {
    const value = made(exclusive, 'ce', 'summed over all pixels');
    expect(value).toBeGreaterThan(1);
    for (const digits of [2, 6]) {
      const own = evaluateLosses([parseLoss('ce')], new Measurements(caseOf(exclusive)))[0]?.value ?? 0;
      const { verdict, matches } = explain(exclusive, 'ce', own.toPrecision(digits));
      expect(verdict).toBe('declared');
      expect(matches).toMatchObject([{ formula: 'declared', departures: [] }]);
    }
  });

  test('made by one change is told, with the candidate that comes next', () => {
    const { verdict, matches, runnerUp, candidates, expectedChanceMatches } = explain(
      exclusive,
      'ce',
      made(exclusive, 'ce', 'summed over all pixels').toPrecision(6),
    );
    expect(verdict).toBe('explained');
    expect(matches[0]).toMatchObject({ formula: 'sum', spec: 'ce:reduction=sum' });
    expect(runnerUp?.formula).not.toBe('sum');
    expect(candidates).toBeGreaterThan(3);
    expect(expectedChanceMatches).toBeLessThan(0.01);
  });

  test('of two digits is not told, and says what fits', () => {
    const { verdict, matches } = explain(exclusive, 'ce', made(exclusive, 'ce', 'summed over all').toPrecision(2));
    expect(verdict).toBe('too-few-digits');
    expect(matches.length).toBeGreaterThan(0);
  });

  test('that more formulas would fit by chance than one in a hundred is not told either', () => {
    const value = made(exclusive, 'ce', 'label smoothing 0.05');
    expect(explain(exclusive, 'ce', value.toPrecision(3)).verdict).toBe('ambiguous');
    expect(explain(exclusive, 'ce', value.toPrecision(7)).verdict).toBe('explained');
  });

  test('that nothing gives is not explained, and what these arrays cannot show is listed apart', () => {
    const own = made(exclusive, 'ce', 'averaged over the classes as well') * exclusive.channels;
    const { verdict, matches, compatible } = explain(exclusive, 'ce', (own * 317.0001).toPrecision(8));
    expect([verdict, matches.length]).toEqual(['unexplained', 0]);
    expect(compatible?.map(({ formula }) => formula)).toContain('accumulated-over-steps');
  });

  test('that is infinite is not explained by everything', () => {
    expect(explain(exclusive, 'ce', 'inf')).toMatchObject({ verdict: 'unexplained', matches: [] });
  });

  test('NaN fits whatever gives NaN, and proves none of it', () => {
    const { matches, verdict } = explain(exclusive, 'ce', 'nan');
    expect(verdict).toBe('ambiguous');
    expect(matches.map(({ formula }) => formula)).toContain('no-activation');
  });
});

describe('two changes at once', () => {
  test.each([
    ['ce', exclusive, 'summed over all pixels', 'class weights not applied'],
    ['ce', several, 'label smoothing 0.1', 'ignored pixels counted in the divisor'],
    ['ce', exclusive, 'softmax applied twice', 'class weights in reverse order'],
    ['dice', several, 'squared probabilities', 'sums over the batch'],
    ['bce-logits', binary, 'target of 0 and 255', 'summed over all pixels'],
  ] as const)('%s', (loss, own, first, second) => {
    const value = made(own, loss, first, second);
    const { verdict, matches } = explain(own, loss, value.toPrecision(9));
    // Among so many pairs a second one may fit as well; the first is the nearest.
    expect(['explained', 'ambiguous']).toContain(verdict);
    expect(matches[0]?.departures).toHaveLength(2);
    expect(matches[0]?.departures.join()).toContain(first);
    expect(matches[0]?.departures.join()).toContain(second);
  });

  test('touch different things, and neither is one that fits many numbers', () => {
    const measurements = new Measurements(caseOf(several));
    const [evaluation] = evaluateLosses([parseLoss('dice')], measurements);
    if (evaluation === undefined) throw new Error('no dice');
    const { source } = measurements;
    const pairs = pairsOf(changesOf(evaluation, formulas, source, source.totals(evaluation.wired)));
    expect(pairs.length).toBeGreaterThan(100);
    for (const [a, b] of pairs) {
      expect(a.touches.filter((it) => b.touches.includes(it))).toEqual([]);
      expect(a.rare || b.rare || a.formula === b.formula).toBe(false);
    }
  });
});

describe('a sum of losses', () => {
  test('may have a term left out, or weighed differently', () => {
    const value = made(exclusive, 'dice + 0.5*ce', 'without dice');
    expect(explain(exclusive, 'dice + 0.5*ce', value.toPrecision(6)).matches[0]).toMatchObject({
      formula: 'missing-term',
      spec: '0.5*ce',
      departures: ['without dice'],
    });
  });

  test('may depart within a term', () => {
    const value = made(exclusive, 'dice + 0.5*ce', 'ce: label smoothing 0.1');
    expect(explain(exclusive, 'dice + 0.5*ce', value.toPrecision(7)).matches[0]).toMatchObject({
      formula: 'label-smoothing',
      spec: 'dice + 0.5*ce:label-smoothing=0.1',
      departures: ['ce: label smoothing 0.1'],
    });
  });
});

describe('equal formulas', () => {
  test('count once, and stand beside each other', () => {
    const [side, images] = [8, 4];
    const own: Picture = {
      prediction: Array.from({ length: images * 4 * side ** 2 }, (_, k) => Math.sin(k * k)),
      target: Array.from({ length: images * side ** 2 }, (_, k) => (k * 7) % 4),
      spatial: [side, side],
      images,
      channels: 4,
    };
    const value = made(own, 'ce', 'multiplied by the batch size');
    const { matches, verdict } = explain(own, 'ce', value.toPrecision(6));
    expect(matches.map(({ formula }) => formula)).toEqual(['mean-times-batch', 'sum-over-classes']);
    expect(verdict).toBe('explained');
  });

  test('stand in order: an option of the loss before a factor that comes to the same', () => {
    const [side, images] = [8, 4];
    const own: Picture = {
      prediction: Array.from({ length: images * 3 * side ** 2 }, (_, k) => Math.sin(k * k)),
      target: Array.from({ length: images * side ** 2 }, (_, k) => (k * 7) % 3),
      spatial: [side, side],
      images,
      channels: 3,
    };
    const value = made(own, 'focal', 'alpha 0.25');
    const { matches } = explain(own, 'focal', value.toPrecision(6));
    expect(matches.map(({ formula }) => formula)).toEqual(['focal-alpha', 'divided-by-batch-twice']);
  });

  test('of which one is unlikely are represented by the other', () => {
    const side = 16;
    const own: Picture = {
      prediction: Array.from({ length: 3 * side ** 2 }, (_, k) => Math.sin(k * k)),
      target: Array.from({ length: side ** 2 }, (_, k) => (k * 7) % 3),
      spatial: [side, side],
      channels: 3,
    };
    // 256 pixels: a sum is also a loss scale of 2^8.
    const { matches } = explain(own, 'ce', made(own, 'ce', 'summed over all pixels').toPrecision(6));
    expect(matches.map(({ formula }) => formula)).toEqual(['sum']);
  });
});

describe('several numbers', () => {
  const hard = 'decisions in place of probabilities';

  test('need one hypothesis for all: a loss as declared and a Dice of decisions', () => {
    const loss = 1 - made(several, 'dice', hard);
    const value = made(several, 'ce', 'class weights by the recipe balanced');
    const declared = explain(several, 'ce', `loss=${ceOf(several)}`, `dice=${loss.toPrecision(4)}`);
    expect(declared).toMatchObject({ verdict: 'declared', matches: [{ formula: 'declared' }] });
    expect(declared.values.map(({ name }) => name)).toEqual(['loss', 'dice']);
    const weighed = explain(several, 'ce', `loss=${value.toPrecision(6)}`, `dice=${loss.toPrecision(4)}`);
    expect(weighed).toMatchObject({ verdict: 'explained', matches: [{ formula: 'weights-permuted' }] });
  });

  test('must agree in how the arrays are read', () => {
    const dice = 1 - made(binary, 'dice', 'target inverted');
    const loss = made(binary, 'bce-logits', 'target inverted');
    const both = explain(binary, 'bce-logits', `loss=${loss.toPrecision(5)}`, `dice=${dice.toPrecision(4)}`);
    expect(both).toMatchObject({
      verdict: 'explained',
      matches: [{ formula: 'inverted-target', departures: ['target inverted'] }],
    });
    const mixed = explain(binary, 'bce-logits', `loss=${bceOf(binary)}`, `dice=${dice.toPrecision(4)}`);
    expect(mixed.verdict).toBe('unexplained');
    expect(mixed.compatible).toMatchObject([
      { formula: 'declared', because: expect.stringContaining('loss') },
      { formula: 'inverted-target', because: expect.stringContaining('dice') },
    ]);
  });

  test('two short numbers tell what neither tells alone', () => {
    const dice = (1 - made(binary, 'dice', 'target inverted')).toPrecision(3);
    const loss = made(binary, 'bce-logits', 'target inverted').toPrecision(4);
    const together = explain(binary, 'bce-logits', `loss=${loss}`, `dice=${dice}`).expectedChanceMatches;
    expect(together).toBeLessThan(explain(binary, 'bce-logits', loss).expectedChanceMatches);
  });

  test('are bound by their names: a declared term, a loss of that id, or the loss', () => {
    const value = ceOf(several);
    expect(explain(several, 'dice + 0.5*ce', `ce=${value}`).matches[0]).toMatchObject({
      formula: 'declared',
      spec: 'ce',
    });
    expect(explain(several, 'dice', `ce_loss=${value}`).verdict).toBe('declared');
    expect(explain(several, 'ce', `whatever=${value}`).verdict).toBe('declared');
  });
});

function ceOf(own: Picture): string {
  return (evaluateLosses([parseLoss('ce')], new Measurements(caseOf(own)))[0]?.value ?? 0).toPrecision(6);
}

function bceOf(own: Picture): string {
  return (evaluateLosses([parseLoss('bce-logits')], new Measurements(caseOf(own)))[0]?.value ?? 0).toPrecision(6);
}
