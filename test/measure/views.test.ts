import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Step, type View, view } from '../../src/core/index.ts';
import { lossValue } from '../../src/measure/evaluate.ts';
import { Measurements } from '../../src/measure/measurements.ts';
import { parseLoss } from '../../src/measure/spec.ts';
import { gradient } from '../../src/measures/index.ts';
import { agree, caseOf, evaluate, measurementsOf, type Picture, random, seeded, valueUnder } from '../_arrays.ts';
import { anyPicture } from '../losses/_pictures.ts';

const ce = parseLoss('ce');
const bce = parseLoss('bce-logits');
const softmax = view(['softmax']);
const sigmoid = view(['sigmoid']);

const next = random(8);
const logits = Array.from({ length: 36 }, () => 4 * next() - 2);
const ids = Array.from({ length: 12 }, () => Math.floor(3 * next()));
const exclusive: Picture = { prediction: logits, target: ids, spatial: [3, 4], channels: 3 };
const bits = Array.from({ length: 36 }, () => Number(next() < 0.5));
const binary: Picture = { prediction: logits, target: bits, spatial: [6, 6], channels: 1 };

/** The same loss of two pictures under two views. */
function expectEqual(a: [Picture, View], b: [Picture, View], spec = ce): void {
  const [x, y] = [valueUnder(a[0], spec, a[1]), valueUnder(b[0], spec, b[1])];
  expect(agree(x, y, 1e-14), `${x} ${y}`).toBe(true);
}

function stored(picture: Picture, prediction: readonly number[]): Picture {
  return { ...picture, prediction };
}

/** Softmax over the three channels of 12 pixels. */
function softmaxOf(z: readonly number[]): number[] {
  return z.map((value, k) => {
    const sum = [0, 1, 2].reduce((total, c) => total + Math.exp(z[12 * c + (k % 12)] ?? 0), 0);
    return Math.exp(value) / sum;
  });
}

describe('a view of the prediction', () => {
  test('multiplies the stored scores', () => {
    const scaled = stored(
      exclusive,
      logits.map((z) => 255 * z),
    );
    expectEqual([scaled, view(['softmax'], { scores: 1 / 255 })], [exclusive, softmax]);
    expectEqual(
      [
        stored(
          binary,
          logits.map((z) => -z),
        ),
        view(['sigmoid'], { scores: -1 }),
      ],
      [binary, sigmoid],
      bce,
    );
  });

  test('without a step takes the stored values for probabilities', () => {
    expectEqual([stored(exclusive, softmaxOf(logits)), view([], { logs: 'rounded' })], [exclusive, softmax]);
  });

  test('with the step exp takes them for log-probabilities', () => {
    expectEqual([stored(exclusive, softmaxOf(logits).map(Math.log)), view(['exp'])], [exclusive, softmax]);
  });

  test('applies its steps one after the other', () => {
    const once = stored(exclusive, softmaxOf(logits));
    expectEqual([exclusive, view(['softmax', 'softmax'])], [once, softmax]);
    expectEqual(
      [exclusive, view(['softmax', 'softmax', 'softmax'])],
      [stored(once, softmaxOf(softmaxOf(logits))), softmax],
    );
    const p = logits.map((z) => 1 / (1 + Math.exp(-z)));
    expectEqual([binary, view(['sigmoid', 'sigmoid'])], [stored(binary, p), sigmoid], bce);
  });

  test('takes stable logs from the scores, rounded ones from the probabilities', () => {
    expectEqual([exclusive, view(['softmax'], { logs: 'rounded' })], [exclusive, softmax]);
    const wrong = stored(
      exclusive,
      logits.map((_, k) => (ids[k % 12] === Math.floor(k / 12) ? -800 : 0)),
    );
    expect(valueUnder(wrong, ce, softmax)).toBeCloseTo(800 + Math.LN2, 12);
    expect(valueUnder(wrong, ce, view(['softmax'], { logs: 'rounded' }))).toBe(Infinity);
    const saturated = stored(
      binary,
      bits.map((bit) => (bit === 1 ? -40 : 40)),
    );
    expect(valueUnder(saturated, bce, sigmoid)).toBe(40);
    expect(valueUnder(saturated, bce, view(['sigmoid'], { logs: 'rounded' }))).toBe(Infinity);
  });
});

describe('a view of the target', () => {
  test('scales and shifts its values', () => {
    const white = { ...binary, target: bits.map((bit) => 255 * bit) };
    expectEqual([white, view(['sigmoid'], { target: { scale: 1 / 255, shift: 0 } })], [binary, sigmoid], bce);
    const signed = { ...binary, target: bits.map((bit) => 2 * bit - 1) };
    expectEqual([signed, view(['sigmoid'], { target: { scale: 0.5, shift: 0.5 } })], [binary, sigmoid], bce);
    const inverted = { ...binary, target: bits.map((bit) => 1 - bit) };
    expectEqual([inverted, view(['sigmoid'], { target: { scale: -1, shift: 1 } })], [binary, sigmoid], bce);
  });

  test('shifts class ids, and reads ids that were divided by 255', () => {
    const fromOne = { ...exclusive, target: ids.map((id) => id + 1) };
    expectEqual([fromOne, view(['softmax'], { target: { scale: 1, shift: -1 } })], [exclusive, softmax]);
    const divided = { ...exclusive, target: ids.map((id) => Math.fround(id / 255)) };
    expectEqual([divided, view(['softmax'], { target: { scale: 255, shift: 0 } })], [exclusive, softmax]);
  });

  test('drops the values that it ignores, besides the declared ones', () => {
    const declared = { ...exclusive, ignore: [1, 2] };
    expectEqual([{ ...exclusive, ignore: [1] }, view(['softmax'], { ignore: [2] })], [declared, softmax]);
    expectEqual([exclusive, view(['softmax'], { ignore: [2, 1] })], [declared, softmax]);
  });

  test('ignores stored values, not scaled ones', () => {
    const white: Picture = { ...binary, target: bits.map((bit, k) => (k < 5 ? 128 : 255 * bit)), ignore: [128] };
    const plain: Picture = { ...binary, target: bits.map((bit, k) => (k < 5 ? 9 : bit)), ignore: [9] };
    expectEqual([white, view(['sigmoid'], { target: { scale: 1 / 255, shift: 0 } })], [plain, sigmoid], bce);
    const fromOne: Picture = { ...exclusive, target: ids.map((id) => id + 1), ignore: [3] };
    const same: Picture = { ...exclusive, ignore: [2] };
    expectEqual([fromOne, view(['softmax'], { target: { scale: 1, shift: -1 } })], [same, softmax]);
  });

  test('does not care whether exclusive classes are ids or one-hot channels', () => {
    const target = logits.map((_, k) => Number(ids[k % 12] === Math.floor(k / 12)));
    const hot: Picture = { ...exclusive, target, mode: 'one-hot' };
    expect(evaluate(hot, 'ce')).toEqual(evaluate(exclusive, 'ce'));
    expect(evaluate(hot, 'dice').perClass).toEqual(evaluate(exclusive, 'dice').perClass);
    expect(evaluate(hot, 'dpce').value).toEqual(evaluate(exclusive, 'dpce').value);
  });
});

describe('what a case knows of its target', () => {
  test('labels of an image: ids, 0/1 for binary targets, -1 where ignored, -2 for no class', () => {
    const some: Picture = {
      prediction: logits.slice(0, 12),
      target: [0, 2, 255, 7],
      ignore: [255],
      spatial: [2, 2],
      channels: 3,
    };
    expect([...caseOf(some).labels(0, softmax)]).toEqual([0, 2, -1, -2]);
    expect([...caseOf(some).labels(0, view([], { ignore: [7] }))]).toEqual([0, 2, -1, -1]);
    const sides: Picture = {
      prediction: [0, 0, 0, 0],
      target: [0, 1, 9, 0.7],
      ignore: [9],
      spatial: [2, 2],
      channels: 1,
    };
    expect([...caseOf(sides).labels(0, sigmoid)]).toEqual([0, 1, -1, 1]);
  });

  test('totals per image and channel, once per reading of the target', () => {
    const batch: Picture = {
      prediction: logits.slice(0, 24),
      target: [0, 2, 2, 255, 1, 1, 7, 0],
      ignore: [255],
      spatial: [2, 2],
      images: 2,
      channels: 3,
    };
    const source = caseOf(batch);
    const totals = source.totals(softmax);
    expect(totals).toMatchObject({ images: 2, channels: 3, unknown: 1 });
    expect([...totals.count]).toEqual([1, 0, 2, 1, 2, 0]);
    expect([[...totals.valid], [...totals.ignored]]).toEqual([
      [3, 3],
      [1, 0],
    ]);
    expect(source.totals(sigmoid)).toBe(totals);
    expect(source.totals(view([], { ignore: [2] })).valid[0]).toBe(1);
  });

  test('totals of soft targets, split at one half', () => {
    const soft: Picture = { prediction: [0, 0, 0, 0], target: [1, 0.75, 0.5, 0.25], spatial: [2, 2], channels: 1 };
    const { count, sum, square, restSum, restSquare } = caseOf(soft).totals(sigmoid);
    expect([count, sum, square, restSum, restSquare].map((column) => column[0])).toEqual([
      2, 1.75, 1.5625, 0.75, 0.3125,
    ]);
  });
});

describe('the gradient under any view', () => {
  const steps = fc.constantFrom<Step[]>(
    ['softmax'],
    ['sigmoid'],
    ['softmax', 'softmax'],
    ['sigmoid', 'softmax'],
    ['softmax', 'sigmoid'],
    ['sigmoid', 'sigmoid', 'softmax'],
    ['softmax', 'exp'],
    ['sigmoid'],
  );
  const views = fc.record({
    steps,
    logs: fc.constantFrom('stable' as const, 'rounded' as const),
    scores: fc.constantFrom(1, 1, 0.5, -2),
    target: fc.constant({ scale: 1, shift: 0 }),
    ignore: fc.constantFrom([], [1]),
  });

  test.each([
    'ce',
    'ce:label-smoothing=0.2',
    'bce-logits',
    'dice:squared=vnet',
    'ss',
    'focal:gamma=1',
    'dpce',
    'topk:k=60',
  ])('is the central difference of %s', (typed) => {
    const spec = parseLoss(typed);
    const kinds = spec.loss.kinds.filter((kind) => kind !== 'binary' || !typed.startsWith('ce'));
    fc.assert(
      fc.property(anyPicture({ kinds, size: 20 }), views, (picture, it) => {
        const x = Float64Array.from(picture.prediction);
        const source = caseOf({ ...picture, prediction: x });
        const value = (): number => lossValue(spec, new Measurements(source), it).value;
        const all = measurementsOf(picture);
        const fields = spec.loss.gradient(
          all.values(spec.loss.measures(spec.options, source), it),
          spec.options,
          source,
        );
        const { l2, max } = all.get(gradient(fields, it), it);
        const h = 1e-5;
        const g = x.map((own, k) => {
          x[k] = own + h;
          const up = value();
          x[k] = own - h;
          const down = value();
          x[k] = own;
          return (up - down) / (2 * h);
        });
        if (!g.every(Number.isFinite)) return;
        const largest = g.reduce((most, d) => Math.max(most, Math.abs(d)), 0);
        expect(Math.abs(max - largest)).toBeLessThan(1e-6 * largest + 1e-9);
        expect(Math.abs(l2 - Math.hypot(...g))).toBeLessThan(1e-6 * l2 + 1e-9);
      }),
      seeded(25),
    );
  });
});
