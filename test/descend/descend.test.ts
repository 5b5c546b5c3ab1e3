import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError, type NdArray, ndarray, UsageError } from '../../src/core/index.ts';
import { type DescendedLoss, type DescendOptions, descend } from '../../src/index.ts';
import { seeded } from '../_arrays.ts';
import { stripes } from './_start.ts';

function first(prediction: NdArray, target: NdArray, options: DescendOptions): DescendedLoss {
  const [loss] = descend(prediction, target, options).losses;
  if (loss === undefined) throw new Error('a descent without a loss');
  return loss;
}

describe('free logits', () => {
  test('under cross-entropy fall towards 0 from wherever they start, and never rise on the way', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 2, max: 5 }),
        fc.double({ min: -2, max: 2, noNaN: true }),
        (seed, channels, skill) => {
          const { logits, mask } = stripes(channels, 12, seed, skill);
          const { trace, start, end, outcome } = first(logits, mask, { loss: ['ce', 'dice'], steps: 40 });
          expect(trace[0]).toBe(start);
          expect(trace.every((value, k) => k === 0 || value < (trace[k - 1] ?? 0))).toBe(true);
          expect(end).toBeLessThan(0.2 * start);
          expect(['free', 'falling']).toContain(outcome);
        },
      ),
      seeded(12),
    );
  });

  test('say that the loss falls freely, with the value that was reached', () => {
    const { logits, mask } = stripes(3, 16, 1);
    const report = descend(logits, mask, { loss: 'ce' });
    expect(report.losses[0]).toMatchObject({
      outcome: 'free',
      verdict: 'falls freely to 0',
      wiring: 'as-wired',
      floor: 0,
    });
    expect(report.moved).toBe('the stored logits');
    expect(report.findings).toEqual([]);
    expect(report.losses[0]?.classes.every(({ moves }) => moves)).toBe(true);
  });

  test('the arrays that were handed over stay as they are, and the numbers are the same the next time', () => {
    const { logits, mask } = stripes(3, 16, 2);
    const copy = logits.data.slice();
    const one = descend(logits, mask, { loss: 'dice', steps: 5 });
    expect(logits.data).toEqual(copy);
    expect(descend(logits, mask, { loss: 'dice', steps: 5 })).toEqual(one);
  });
});

describe('a second softmax', () => {
  test('keeps cross-entropy above ln(1 + (C - 1) / e), whatever the logits behind it do', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 2, max: 6 }), (seed, channels) => {
        const { probabilities, mask } = stripes(channels, 12, seed);
        const floor = Math.log(1 + (channels - 1) / Math.E);
        const { trace, ...loss } = first(probabilities, mask, { loss: ['ce', 'ce:from=probabilities'], steps: 40 });
        expect(loss.floor).toBeCloseTo(floor, 9);
        expect(Math.min(...trace)).toBeGreaterThanOrEqual(floor - 1e-12);
        expect(['floor', 'limited']).toContain(loss.outcome);
      }),
      seeded(10),
    );
  });

  test('is an error, and the same loss fed as it should be falls freely', () => {
    const { probabilities, mask } = stripes(4, 16, 3);
    const { losses, findings, moved } = descend(probabilities, mask, { loss: 'ce' });
    expect(moved).toBe('the logits behind the stored probabilities');
    expect(losses[0]?.verdict).toBe('is stuck at its floor 0.7437: no logits can get lower');
    expect(losses[1]).toMatchObject({ spec: 'ce', wiring: 'proper', outcome: 'free' });
    expect(findings.map(({ rule, severity }) => [rule, severity])).toEqual([['loss-floor', 'error']]);
  });

  test('of the model itself is found in the file, and has its floor under every loss', () => {
    const { probabilities, mask } = stripes(3, 16, 4, 6);
    const p = Float64Array.from(probabilities.data);
    const pixels = 256;
    const twice = p.map((value, at) => {
      let sum = 0;
      for (let c = 0; c < 3; c++) sum += Math.exp(p[c * pixels + (at % pixels)] ?? 0);
      return Math.exp(value) / sum;
    });
    const prediction = ndarray(Float32Array.from(twice), [3, 16, 16], 'float32');
    const loss = first(prediction, mask, { loss: ['ce:from=probabilities', 'dice'] });
    expect(loss.floor).toBeCloseTo(Math.log(1 + 2 / Math.E), 6);
    expect(loss.outcome).toBe('floor');
  });
});

describe('losses that go nowhere sensible', () => {
  const { logits, mask } = stripes(1, 16, 5);

  test('decisions let no gradient through', () => {
    const decisions = ndarray(
      Float32Array.from(logits.data, (value) => Number(value > 0)),
      [1, 16, 16],
      'float32',
    );
    const { losses, findings, moved } = descend(decisions, mask, { loss: 'dice' });
    expect(moved).toBe('nothing: the file holds decisions');
    expect(losses[0]).toMatchObject({ outcome: 'no-gradient', trace: [losses[0]?.start], halfway: null, rank: null });
    expect(losses[0]?.classes[0]?.moves).toBeNull();
    expect(findings[0]?.rule).toBe('loss-stuck');
  });

  test('softmax over one channel is 1 whatever the network says', () => {
    const { losses, findings } = descend(logits, mask, { loss: 'ce' });
    expect(losses[0]?.verdict).toBe('cannot move from 0: its gradient is 0 everywhere');
    expect(findings[0]?.rule).toBe('loss-stuck');
  });

  test('a target of 255 rewards ever larger logits', () => {
    const scaled = ndarray(
      Float32Array.from(mask.data, (value) => 255 * value),
      [16, 16],
      'float32',
    );
    const { losses, findings } = descend(logits, scaled, { loss: 'bce-logits' });
    expect(losses[0]?.outcome).toBe('bottomless');
    expect(findings[0]).toMatchObject({ rule: 'loss-bottomless', severity: 'error' });
  });

  test('probabilities read as log-probabilities fall below the infimum', () => {
    const many = stripes(3, 16, 6);
    const loss = first(many.probabilities, many.mask, { loss: 'nll' });
    expect(loss).toMatchObject({ outcome: 'below', floor: -1 });
    expect(loss.end).toBeLessThan(-0.9);
  });

  test('NaN has no way down', () => {
    const broken = ndarray(Float32Array.from(logits.data), [1, 16, 16], 'float32');
    broken.data[7] = Number.NaN;
    const { losses, findings, weakest } = descend(broken, mask, { loss: 'bce-logits' });
    expect(losses[0]).toMatchObject({
      outcome: 'no-number',
      verdict: 'starts at NaN: there is no way down from there',
    });
    expect(findings[0]?.rule).toBe('loss-no-number');
    expect(weakest).toBeNull();
  });

  test('a probability of 0 on the labelled class costs infinity as wired; the candidates start from the smallest float32', () => {
    const { probabilities, mask: ids } = stripes(3, 16, 13);
    const zero = ndarray(Float32Array.from(probabilities.data), [3, 16, 16], 'float32');
    for (let c = 0; c < 3; c++) zero.data[c * 256] = c === ids.data[0] ? 0 : 0.5;
    const { losses, moved } = descend(zero, ids, { loss: 'ce:from=probabilities', steps: 5 });
    expect(losses[0]).toMatchObject({ outcome: 'no-number', start: Infinity, trace: [Infinity] });
    expect(losses.find(({ spec }) => spec === 'focal')?.trace.every(Number.isFinite)).toBe(true);
    expect(moved).toContain('zeros taken for the smallest float32');
  });

  test('labels without a channel raise an error', () => {
    const three = stripes(3, 16, 7);
    const { losses } = descend(three.logits, stripes(5, 16, 7).mask, { loss: 'ce' });
    expect(losses[0]?.outcome).toBe('raises');
    expect(losses[0]?.verdict).toMatch(/^raises an error: ce has no channel for the labels of \d+ pixels$/);
  });
});

describe('the classes', () => {
  test('one whose weight is 0 never moves, and is named', () => {
    const { logits, mask } = stripes(3, 16, 8, -1);
    const { losses, findings } = descend(logits, mask, { loss: ['ce', 'dice'], weights: [1, 1, 0], steps: 30 });
    expect(losses[0]?.classes.map(({ moves }) => moves)).toEqual([true, true, false]);
    expect(losses[0]?.classes[2]?.gradientShare).toBe(0);
    expect(findings).toMatchObject([{ rule: 'class-never-moves', severity: 'warning', title: 'class 2 never moves' }]);
    expect(findings[0]?.message).toContain('its share of the gradient is 0');
  });

  test('the weakest is the one with the lowest soft Dice, and the losses are ranked by when it is half way', () => {
    const { logits, mask } = stripes(4, 16, 9);
    const { losses, weakest } = descend(logits, mask, { loss: 'ce' });
    const before = losses[0]?.classes.map(({ dice }) => dice.before ?? 1) ?? [];
    expect(weakest?.dice).toBe(Math.min(...before));
    expect(before.indexOf(weakest?.dice ?? 2)).toBe(weakest?.index);
    const ranked = losses.toSorted((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
    expect(ranked.map(({ rank }) => rank)).toEqual(losses.map((_, k) => k + 1));
    const half = ranked.map(({ halfway }) => halfway ?? Infinity);
    expect(half).toEqual(half.toSorted((a, b) => a - b));
  });
});

describe('which losses take part', () => {
  const { logits, probabilities, mask } = stripes(3, 12, 10);

  test('one named loss stands beside the usual candidates, each once', () => {
    const specs = descend(logits, mask, { loss: 'ce', steps: 1 }).losses.map(({ spec }) => spec);
    expect(specs).toEqual(['ce', 'weighted-ce', 'focal', 'topk', 'dice', 'tversky:fp=0.3,fn=0.7', 'dice-ce']);
  });

  test('several named losses stand alone, and beside themselves where they are wired wrongly', () => {
    const of = (prediction: NdArray) =>
      descend(prediction, mask, { loss: ['ce', 'dice'], steps: 1 }).losses.map(
        ({ spec, wiring }) => `${spec} ${wiring}`,
      );
    expect(of(logits)).toEqual(['ce as-wired', 'dice as-wired']);
    expect(of(probabilities)).toEqual(['ce as-wired', 'dice as-wired', 'ce proper']);
  });

  test('without a loss the one that fits the file is assumed', () => {
    expect(descend(probabilities, mask, { steps: 1 }).losses[0]).toMatchObject({
      spec: 'ce:from=probabilities',
      declared: false,
      wiring: 'as-wired',
    });
  });

  test('a binary head has a candidate with the weight that balances its two sides', () => {
    const few = ndarray(
      Uint8Array.from({ length: 144 }, (_, i) => Number(i < 9)),
      [12, 12],
      'uint8',
    );
    const { losses } = descend(stripes(1, 12, 11).logits, few, { loss: 'bce-logits', steps: 1 });
    expect(losses.map(({ spec }) => spec)).toContain('bce-logits:pos-weight=15');
  });
});

describe('what is refused', () => {
  const { logits, mask } = stripes(3, 12, 12);

  test.each([0, -1, 1.5, 1001, Number.NaN])('%s steps', (steps) => {
    expect(() => descend(logits, mask, { steps })).toThrow(UsageError);
  });

  test('arrays that do not meet, with the command that says more', () => {
    const small = ndarray(new Uint8Array(36), [6, 6], 'uint8');
    expect(() => descend(logits, small)).toThrow(InputError);
    expect(() => descend(logits, small)).toThrow('lossprobe prediction target says what to do about it');
  });

  test('a loss that is not defined for the problem', () => {
    expect(() => descend(logits, mask, { loss: 'lovasz-hinge' })).toThrow(UsageError);
  });
});
