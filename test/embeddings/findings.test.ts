import { describe, expect, test } from 'vitest';
import { ndarray } from '../../src/core/index.ts';
import type { EmbeddingArrays } from '../../src/embeddings/_features.ts';
import { type EmbeddingReport, embeddingReport } from '../../src/embeddings/_report.ts';
import { random } from '../_arrays.ts';

const paths = { features: 'features.npy', mask: 'mask.npy' };

interface Input {
  /** One row per pixel. */
  readonly x: readonly (readonly number[])[];
  readonly labels: readonly number[];
  readonly weights?: readonly (readonly number[])[];
  readonly triplets?: readonly (readonly number[])[];
  readonly ignore?: readonly number[];
}

function matrix(rows: readonly (readonly number[])[] | undefined) {
  return rows === undefined
    ? undefined
    : ndarray(Float64Array.from(rows.flat()), [rows.length, rows[0]?.length ?? 0], 'float64');
}

function arraysOf({ x, labels, weights, triplets, ignore }: Input): EmbeddingArrays {
  const dims = x[0]?.length ?? 0;
  const columns = Array.from({ length: dims }, (_, d) => x.map((row) => row[d] ?? 0));
  return {
    features: ndarray(Float64Array.from(columns.flat()), [dims, 1, x.length], 'float64'),
    mask: ndarray(Int16Array.from(labels), [1, labels.length], 'int16'),
    weights: matrix(weights),
    triplets: matrix(triplets),
    ...(ignore === undefined ? {} : { ignore }),
  };
}

function report(input: Input, ...specs: string[]): EmbeddingReport {
  return embeddingReport({ ...arraysOf(input), paths, specs });
}

/** Ids of the findings with their severity. */
function found(input: Input, ...specs: string[]): string[] {
  return report(input, ...specs).findings.map(({ rule, severity }) => `${severity} ${rule}`);
}

/** Two classes on the axes of a plane. */
const tidy: Input = {
  x: [
    [1, 0],
    [0.8, 0.6],
    [0, 1],
    [-0.6, 0.8],
  ],
  labels: [0, 0, 1, 1],
};

/** Features in all directions, labels drawn beside them. */
function shuffled(): Input {
  const next = random(7);
  const x = Array.from({ length: 2000 }, () => [next() - 0.5, next() - 0.5, next() - 0.5]);
  return { x, labels: x.map(() => Math.floor(3 * next())) };
}

describe('angles', () => {
  const { angles, classes } = report({
    ...tidy,
    weights: [
      [2, 0],
      [0, 3],
    ],
  });

  test('are those to the given vectors, in degrees', () => {
    expect(classes).toEqual({ labels: [0, 1], vectors: 'file' });
    expect(angles.classes[0]).toMatchObject({ label: 0, pixels: 2, nearest: 1, astray: 0 });
    expect(angles.classes[0]?.intraMax).toBeCloseTo((180 * Math.acos(0.8)) / Math.PI, 10);
    expect(angles.classes[0]?.inter).toBeCloseTo(90, 10);
    expect(angles.intraMean).toBeCloseTo((90 * Math.acos(0.8)) / Math.PI, 10);
  });

  test('without a class matrix are those to the class means', () => {
    const own = report(tidy);
    expect(own.classes.vectors).toBe('class means');
    expect(own.angles.classes[0]?.intraMean).toBeCloseTo((90 * Math.acos(0.8)) / Math.PI, 10);
  });
});

describe('findings', () => {
  test('there are none on tidy features', () => {
    expect(found(tidy, 'cosface', 'triplet')).toEqual([]);
  });

  test.each<[string, string, Input, string[]]>([
    ['a zero vector under a cosine', 'error zero-features', { ...tidy, x: tidy.x.with(1, [0, 0]) }, ['cosface']],
    ['a zero vector that nothing divides', 'warning zero-features', { ...tidy, x: tidy.x.with(1, [0, 0]) }, ['center']],
    ['NaN', 'error nonfinite-features', { ...tidy, x: tidy.x.with(1, [Number.NaN, 0]) }, ['softmax']],
    ['one class', 'error one-class', { ...tidy, labels: [1, 1, 1, 1] }, ['softmax']],
    ['one class, triplets', 'error nothing-to-compare', { ...tidy, labels: [1, 1, 1, 1] }, ['triplet']],
    [
      'long features',
      'warning unnormalised-features',
      { ...tidy, x: tidy.x.map((x) => x.map((v) => 3 * v)) },
      ['arcface'],
    ],
    [
      'long features, no loss named',
      'note unnormalised-features',
      { ...tidy, x: tidy.x.map((x) => x.map((v) => 3 * v)) },
      [],
    ],
    ['a class of one pixel', 'warning lone-pixels', { ...tidy, labels: [0, 0, 1, 2] }, ['softmax']],
    ['255 as a class', 'warning undeclared-ignore-label', { ...tidy, labels: [0, 0, 1, 255] }, ['softmax']],
    ['one direction', 'error collapsed-features', { ...tidy, x: tidy.labels.map((y) => [1, 1e-4 * y]) }, ['softmax']],
    ['no scale', 'warning scale-too-small', tidy, ['normalised-softmax:s=1']],
    [
      'a sample',
      'note sampled-pixels',
      {
        x: Array.from({ length: 40 }, (_, i) => [Math.cos(i), Math.sin(i)]),
        labels: Array.from({ length: 40 }, (_, i) => i % 2),
      },
      ['triplet:max-pixels=20'],
    ],
    [
      'an angle past pi - m',
      'warning angle-turns-back',
      {
        ...tidy,
        weights: [
          [-1, 0.1],
          [0, 1],
        ],
      },
      ['arcface'],
    ],
    [
      'a pole',
      'error angle-without-slope',
      {
        ...tidy,
        weights: [
          [1, 0],
          [0, 1],
        ],
      },
      ['arcface'],
    ],
    [
      'vectors of another network',
      'warning strange-class-vectors',
      {
        ...tidy,
        weights: [
          [0, 1],
          [1, 0],
        ],
      },
      ['softmax'],
    ],
    [
      'a zero class vector',
      'error zero-class-vectors',
      {
        ...tidy,
        weights: [
          [1, 0],
          [0, 0],
        ],
      },
      ['softmax'],
    ],
    ['triplets in another order', 'error triplets-against-mask', { ...tidy, triplets: [[0, 2, 1]] }, ['triplet']],
    [
      'triplets on ignored pixels',
      'warning ignored-tuples',
      {
        ...tidy,
        labels: [0, 0, 1, 9],
        ignore: [9],
        triplets: [
          [0, 1, 3],
          [0, 1, 2],
        ],
      },
      ['triplet'],
    ],
    ['a mask of another picture', 'warning classes-not-separated', shuffled(), ['softmax']],
  ])('%s: %s', (_, want, input, specs) => {
    expect(found(input, ...specs)).toContain(want);
  });

  test('say what was found, what is allowed and what to do', () => {
    const broken = { ...tidy, x: tidy.x.map(() => [0, 0]) };
    for (const { message, title, evidence } of report(broken).findings) {
      expect(message).toMatch(/\d.*; .*: .*\.$/);
      expect(title).not.toMatch(/\.$/);
      for (const { label } of evidence) expect(label).not.toBe('');
    }
  });
});

describe('degenerate input', () => {
  test('a zero vector is left out of the mean', () => {
    const whole = report(
      {
        ...tidy,
        x: tidy.x.slice(1),
        labels: [0, 1, 1],
        weights: [
          [1, 0],
          [0, 1],
        ],
      },
      'cosface',
    ).losses[0];
    const holed = report(
      {
        ...tidy,
        x: tidy.x.with(0, [0, 0]),
        weights: [
          [1, 0],
          [0, 1],
        ],
      },
      'cosface',
    ).losses[0];
    expect(holed).toMatchObject({ terms: 3, skipped: 1, value: whole?.value });
  });

  test('no triplet is NaN, triplets that all keep the margin are 0', () => {
    const one = report({ ...tidy, labels: [1, 1, 1, 1] }, 'triplet', 'triplet:mining=batch-all', 'contrastive').losses;
    expect(one.map(({ terms }) => terms)).toEqual([0, 0, 6]);
    expect(one.map(({ value }) => Number.isNaN(value))).toEqual([true, true, false]);
    expect(one[0]?.gradient.l2).toBeNaN();
    const [kept] = report(tidy, 'triplet:convention=plain,margin=0,mining=batch-all').losses;
    expect(kept).toMatchObject({ value: 0, violations: 0, gradient: { l2: 0 } });
  });

  test.each<[string, Input | EmbeddingArrays, RegExp]>([
    [
      'a transposed class matrix',
      {
        ...tidy,
        weights: [
          [1, 0, 1],
          [0, 1, 1],
        ],
      },
      /\[2, 3\].*save W\.T/,
    ],
    [
      'a label without a row',
      {
        ...tidy,
        labels: [0, 0, 1, 2],
        weights: [
          [1, 0],
          [0, 1],
        ],
      },
      /label 2 .*--ignore-index 2/,
    ],
    ['a negative label', { ...tidy, labels: [0, 0, 1, -100] }, /-100 in 1 pixel;.*--ignore-index -100/],
    ['nothing left', { ...tidy, ignore: [0, 1] }, /no pixel that is not ignored/],
    ['a triplet outside', { ...tidy, triplets: [[0, 1, 4]] }, /pixel 4; pixels are 0 to 3/],
    ['another size', { ...arraysOf(tidy), mask: ndarray(new Uint8Array(5), [1, 5], 'uint8') }, /\[2, 1, 4\].*\[1, 5\]/],
  ])('%s is refused in one sentence', (_, input, message) => {
    const arrays = 'x' in input ? arraysOf(input) : input;
    expect(() => embeddingReport({ ...arrays, paths, specs: [] })).toThrow(message);
  });

  test('features with their components last, or in a batch, are read by the shape of the mask', () => {
    const { features, mask } = arraysOf(tidy);
    const last = { ...features, shape: [1, 4, 2], strides: [4, 1, 4] };
    const want = embeddingReport({ features, mask, paths, specs: [] });
    const got = embeddingReport({ features: last, mask, paths, specs: [] });
    expect(got.features.axis).toBe(2);
    expect(got.losses.map(({ value }) => value)).toEqual(want.losses.map(({ value }) => value));
  });
});

test.each([
  ['arcfece', /there is no embedding loss "arcfece"; there are a-softmax/],
  ['arcface:q=1', /arcface has no option "q"; it has s, m, fallback/],
  ['arcface:m=x', /is not a number/],
  ['arcface:m=-1', /outside/],
  ['triplet:mining=hardest', /not one of auto, file/],
  ['triplet:mining=file', /--triplets/],
  ['a-softmax:m=1.5', /not a whole number/],
  ['softmax:class-weights=1/2/3', /has 3 entries and there are 2 classes/],
])('%s is wrong usage', (spec, message) => {
  expect(() => report(tidy, spec)).toThrow(message);
});
