import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Activation, type Evaluation, elementCount, type Loss } from '../../src/core/index.ts';
import { losses } from '../../src/losses/index.ts';
import { lossValue } from '../../src/measure/evaluate.ts';
import { Measurements } from '../../src/measure/measurements.ts';
import { caseOf, evaluate, type Picture, seeded } from '../_arrays.ts';
import { anyPicture } from './_pictures.ts';
import { anyVariant, variants } from './_variants.ts';

/** dL/dx of every stored value x, by central differences of the value under the wired view. */
function differences(picture: Picture, { spec, wired }: Evaluation): Float64Array {
  const x = Float64Array.from(picture.prediction);
  const source = caseOf({ ...picture, prediction: x });
  const at = (k: number, moved: number): number => {
    const own = x[k] ?? 0;
    x[k] = own + moved;
    const { value } = lossValue(spec, new Measurements(source), wired);
    x[k] = own;
    return value;
  };
  const step = picture.activation === 'scaled-by-255' ? 1e-3 : 1e-5;
  return x.map((_, k) => (at(k, step) - at(k, -step)) / (2 * step));
}

/** Row of the per-class table of every stored value; -1 for ignored pixels. */
function rowsOf(picture: Picture): number[] {
  const source = caseOf(picture);
  const { images, channels, pixels } = source;
  const labels = Array.from({ length: images }, (_, image) => source.labels(image, evaluate(picture, 'dice').wired));
  return Array.from({ length: images * channels * pixels }, (_, k) => {
    const label = labels[Math.floor(k / (channels * pixels))]?.[k % pixels] ?? -1;
    return label < 0 || source.kind !== 'multilabel' ? label : Math.floor(k / pixels) % channels;
  });
}

/** What the summary says that the differences do not; empty when they agree. */
function disagreements(picture: Picture, evaluation: Evaluation): string[] {
  const { gradient, value } = evaluation;
  if (gradient === null) return ['there is no gradient'];
  const g = differences(picture, evaluation);
  const largest = g.reduce((most, d) => Math.max(most, Math.abs(d)), 0);
  const noise = 1e-6 * largest + 1e-10 * Math.abs(value) + 1e-10;
  const out: string[] = [];
  const check = (name: string, ours: number | undefined, want: number, tolerance: number): void => {
    if (ours === undefined || !(Math.abs(ours - want) <= tolerance)) out.push(`${name} is ${ours}, not ${want}`);
  };
  check('l2', gradient.l2, Math.hypot(...g), noise * Math.sqrt(g.length));
  check('max', gradient.max, largest, noise);
  gradient.head.forEach((entry, k) => {
    check(`entry ${k}`, entry, g[headIndex(picture, k)] ?? Number.NaN, noise);
  });
  const rows = rowsOf(picture);
  const square = g.reduce((sum, d) => sum + d * d, 0);
  gradient.perClass.forEach((share, row) => {
    const own = g.reduce((sum, d, k) => (rows[k] === row ? sum + d * d : sum), 0);
    check(`share of ${row}`, share * square, own, noise * Math.sqrt(square) * g.length);
  });
  return out.map((text) => `${evaluation.spec.text} on ${JSON.stringify(picture)}: ${text}`);
}

/** Where the k-th entry of the head lies in the stored array. */
function headIndex(picture: Picture, k: number): number {
  const pixels = elementCount(picture.spatial);
  const kept = Math.min(8, pixels);
  return Math.floor(k / kept) * pixels + (k % kept);
}

/** torch.nn.BCELoss floors the value and not the gradient; see the test of that name. */
function isFlooredBce(spec: string): boolean {
  return /^bce:.*log-floor=-0\.7/.test(spec);
}

function expectAgreement(loss: Loss, activations: readonly Activation[], from: string, numRuns: number): void {
  const pictures = anyPicture({ kinds: loss.kinds, activations, size: 40 });
  const cases = pictures.chain((picture) => fc.tuple(fc.constant(picture), anyVariant(loss, picture.channels)));
  let compared = 0;
  fc.assert(
    fc.property(cases, ([picture, typed]) => {
      const spec = from === '' ? typed : `${typed}${typed.includes(':') ? ',' : ':'}from=${from}`;
      const evaluation = evaluate(picture, spec);
      if (!Number.isFinite(evaluation.value) || isFlooredBce(spec)) return;
      compared++;
      expect(disagreements(picture, evaluation)).toEqual([]);
    }),
    seeded(numRuns),
  );
  expect(compared).toBeGreaterThan(numRuns / 3);
}

const all = losses.map((loss) => ({ id: loss.id, loss }));

describe.each(all)('the gradient of $id is its central difference, whatever the options', ({ loss }) => {
  test('at logits', () => expectAgreement(loss, ['logits'], 'auto', 20));
  test('at stored probabilities', () => expectAgreement(loss, ['softmax', 'sigmoid'], 'auto', 15));
  test('at stored log-probabilities', () => expectAgreement(loss, ['log-softmax'], 'auto', 8));
  test('at probabilities that it takes for logits', () => expectAgreement(loss, ['softmax', 'sigmoid'], 'logits', 8));
  test('at log-probabilities that it takes for logits', () => expectAgreement(loss, ['log-softmax'], 'logits', 8));
});

/** Two fixed pictures per kind: a batch of images with ignored pixels and weights, and a volume. */
const fixed: readonly Picture[] = fc.sample(
  anyPicture({ kinds: ['binary', 'exclusive', 'multilabel'], size: 36, soft: false }),
  { seed: 11, numRuns: 40 },
);

describe.each(all)('the gradient of $id is its central difference for every value of every option', ({ loss }) => {
  const usable = loss.kinds.flatMap((kind) => fixed.filter((picture) => picture.kind === kind).slice(0, 2));

  test.each(variants(loss, 3).map((spec) => ({ spec })))('$spec', ({ spec }) => {
    if (isFlooredBce(spec)) return;
    for (const picture of usable) {
      const own = variants(loss, picture.channels)[variants(loss, 3).indexOf(spec)] ?? spec;
      const evaluation = evaluate(picture, own);
      if (Number.isFinite(evaluation.value)) expect(disagreements(picture, evaluation)).toEqual([]);
    }
  });
});

test('torch.nn.BCELoss floors the logarithm in the value and not in the gradient', () => {
  const p = [0.1, 0.9, 0.6, 1e-50, 0];
  const target = [1, 1, 0, 1, 0];
  const picture: Picture = { prediction: p, target, spatial: [1, 5], channels: 1, activation: 'sigmoid' };
  const { gradient, value } = evaluate(picture, 'bce');
  expect(value).toBeCloseTo((-Math.log(0.1) - Math.log(0.9) - Math.log(0.4) + 100 + 0) / 5, 12);
  const slopes = p.map((q, i) => (q - (target[i] ?? 0)) / Math.max(q * (1 - q), 1e-12) / 5);
  expect(gradient?.head.map((entry, i) => Math.abs(entry / (slopes[i] || 1)))).toEqual([
    expect.closeTo(1, 12),
    expect.closeTo(1, 12),
    expect.closeTo(1, 12),
    expect.closeTo(1, 12),
    0,
  ]);
});

describe('the share of pixels without a gradient', () => {
  test('counts the pixels that TopK does not keep', () => {
    const picture: Picture = { prediction: [3, 2, 1, 0, -1], target: [1, 1, 1, 1, 1], spatial: [1, 5], channels: 1 };
    expect(evaluate(picture, 'topk:k=40').gradient?.vanishing).toBe(0.6);
    expect(evaluate(picture, 'topk:k=100').gradient?.vanishing).toBe(0);
  });

  test('is that of the valid pixels', () => {
    const picture: Picture = {
      prediction: [0, 40, -40, 1, 1],
      target: [0, 1, 0, 255, 255],
      ignore: [255],
      spatial: [1, 5],
      channels: 1,
    };
    expect(evaluate(picture, 'bce-logits').gradient?.vanishing).toBeCloseTo(2 / 3, 15);
  });

  test('is 1 where one channel goes through a softmax', () => {
    const picture: Picture = { prediction: [0, 1], target: [0, 1], spatial: [1, 2], channels: 1 };
    expect(evaluate(picture, 'ce').gradient).toMatchObject({ l2: 0, max: 0, vanishing: 1, head: [0, 0] });
  });
});
