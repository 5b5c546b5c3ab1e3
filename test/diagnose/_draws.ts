import type { Evaluation } from '../../src/core/index.ts';
import { Appraiser } from '../../src/diagnose/appraise.ts';
import { same } from '../../src/diagnose/chance.ts';
import { type Change, changesOf, hypothesis } from '../../src/diagnose/hypothesis.ts';
import { formulas } from '../../src/formulas/index.ts';
import { evaluateLosses } from '../../src/measure/evaluate.ts';
import { Measurements } from '../../src/measure/measurements.ts';
import { parseLoss } from '../../src/measure/spec.ts';
import { caseOf, type Picture, random } from '../_arrays.ts';

/** A loss on arrays, and a number that it may have been reported as. */
export interface Draw {
  readonly loss: string;
  readonly evaluation: Evaluation;
  readonly measurements: Measurements;
  /** The change that made the number. */
  readonly change: Change;
  readonly value: number;
}

const losses = {
  exclusive: [
    'ce',
    'ce:label-smoothing=0.1',
    'weighted-ce',
    'focal',
    'focal:gamma=3',
    'topk',
    'bce-logits',
    'dice',
    'dice:batch=true,smooth=1',
    'dice:background=false',
    'iou',
    'tversky',
    'generalized-dice',
    'dice-ce',
    'dice + 0.5*ce',
  ],
  binary: ['bce-logits', 'bce-logits:pos-weight=3', 'focal:alpha=0.25', 'dice', 'iou:smooth=1', 'dice + bce-logits'],
};

/** Blobs of classes, logits that know most of them, sometimes ignored pixels and weights. */
export function picture(seed: number): Picture {
  const next = random(seed);
  const whole = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  const [images, side] = [whole(1, 3), whole(12, 16)];
  const channels = whole(0, 2) === 0 ? 1 : whole(2, 5);
  const classes = Math.max(2, channels);
  const target: number[] = [];
  const pixels = side * side;
  for (let n = 0; n < images; n++) {
    const seeds = Array.from({ length: 7 }, () => [next() * side, next() * side, whole(0, classes - 1)] as const);
    for (let i = 0; i < pixels; i++) {
      const [y, x] = [Math.floor(i / side), i % side];
      const near = seeds.reduce((a, b) =>
        (b[0] - y) ** 2 + (b[1] - x) ** 2 < (a[0] - y) ** 2 + (a[1] - x) ** 2 ? b : a,
      );
      target.push(near[2]);
    }
  }
  const prediction = Array.from({ length: images * channels * pixels }, (_, at) => {
    const [n, rest] = [Math.floor(at / (channels * pixels)), at % (channels * pixels)];
    const label = target[n * pixels + (rest % pixels)];
    const own = channels === 1 ? label === 1 : label === Math.floor(rest / pixels);
    return (own ? 1 : -1) * (0.5 + n / 4) + 4 * (next() - 0.5);
  });
  const ignored = channels > 1 && next() < 0.5;
  return {
    prediction,
    target: ignored ? target.map((label) => (next() < 0.1 ? 255 : label)) : target,
    spatial: [side, side],
    images,
    channels,
    ...(ignored ? { ignore: [255] } : {}),
    ...(next() < 0.4 ? { weights: Array.from({ length: classes }, () => 0.2 + 3 * next()) } : {}),
  };
}

/** Draws changes of declared losses whose value is told apart from every other single change; the same draws every time. */
export function draws(wanted: number, seed: number): Draw[] {
  const next = random(seed);
  const out: Draw[] = [];
  for (let at = 0; out.length < wanted; at++) {
    const own = picture(seed + at);
    const pool = losses[own.channels === 1 ? 'binary' : 'exclusive'];
    const loss = pool[Math.floor(next() * pool.length)] ?? 'ce';
    const measurements = new Measurements(caseOf(own));
    const [evaluation] = evaluateLosses([parseLoss(loss)], measurements);
    if (evaluation === undefined) continue;
    const { source } = measurements;
    const changes = changesOf(evaluation, formulas, source, source.totals(evaluation.wired));
    const appraiser = new Appraiser(measurements);
    const valued = changes.flatMap((change) => {
      const supposed = hypothesis(evaluation, [change], source);
      const value = supposed === null ? null : appraiser.value(supposed);
      return value === null || !Number.isFinite(value) || Math.abs(value) < 1e-9 ? [] : [{ change, value }];
    });
    const told = valued.filter(
      ({ change, value }) =>
        change.departures.length > 0 &&
        !valued.some((other) => other.change.formula !== change.formula && same(other.value, value)),
    );
    // Every formula is drawn alike, however many suppositions it has.
    const ids = [...new Set(told.map(({ change }) => change.formula))];
    for (let k = 0; k < 5 && told.length > 0 && out.length < wanted; k++) {
      const id = ids[Math.floor(next() * ids.length)];
      const mine = told.filter(({ change }) => change.formula === id);
      const drawn = mine[Math.floor(next() * mine.length)];
      if (drawn !== undefined) out.push({ loss, evaluation, measurements: new Measurements(source), ...drawn });
    }
  }
  return out;
}
