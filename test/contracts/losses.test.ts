import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Evaluation, elementCount, type Loss } from '../../src/core/index.ts';
import { losses } from '../../src/losses/index.ts';
import { evaluateLosses } from '../../src/measure/evaluate.ts';
import { defaultSpec, parseLoss, specText } from '../../src/measure/spec.ts';
import { agree, evaluate, measurementsOf, type Picture, seeded } from '../_arrays.ts';
import { perfect, permuteClasses, shuffle } from '../losses/_changes.ts';
import { exceptionsOf } from '../losses/_exceptions.ts';
import { anyPicture } from '../losses/_pictures.ts';
import { anyVariant, variants } from '../losses/_variants.ts';

const all = losses.map((loss) => ({ id: loss.id, loss }));

/** Pictures with hard targets, as logits. */
function hardPictures(loss: Loss, size = 60): fc.Arbitrary<Picture> {
  return anyPicture({ kinds: loss.kinds, soft: false, size });
}

/** A picture and any spelling of the loss for it. */
function withVariant(loss: Loss, pictures: fc.Arbitrary<Picture>): fc.Arbitrary<[Picture, string]> {
  return pictures.chain((picture) => fc.tuple(fc.constant(picture), anyVariant(loss, picture.channels)));
}

describe.each(all)('$id', ({ loss }) => {
  test('is documented', () => {
    expect(loss.id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    for (const text of [loss.title, loss.formula, loss.about, loss.when, loss.source]) expect(text).not.toBe('');
    for (const [name, { about }] of Object.entries(loss.options)) {
      expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(about).not.toBe('');
    }
    expect(loss.kinds).not.toHaveLength(0);
  });

  test('reads back what it writes of itself, whatever the options', () => {
    fc.assert(
      fc.property(anyVariant(loss, 3), (typed) => {
        const spec = parseLoss(typed);
        const again = parseLoss(specText(loss, spec.options, spec.from));
        expect(again.options).toEqual(spec.options);
      }),
      seeded(20),
    );
    expect(specText(loss, defaultSpec(loss, true).options, loss.from)).toBe(loss.id);
  });

  test.each(variants(loss, 2).map((spec) => ({ spec })))(
    '$spec is at its infimum at the perfect prediction',
    ({ spec }) => {
      fc.assert(
        fc.property(hardPictures(loss), (picture) => {
          const own = variants(loss, picture.channels)[variants(loss, 2).indexOf(spec)] ?? spec;
          const { properValue, lowerBound } = evaluate(
            perfect(picture),
            `${own}${own.includes(':') ? ',' : ':'}from=auto`,
          );
          // Smoothed labels and thresholds have their best prediction elsewhere.
          if (/label-smoothing|threshold/.test(own) || exceptionsOf(loss.id).bestElsewhere?.test(own)) return;
          expect(agree(properValue.value, lowerBound), `${own}: ${properValue.value}, ${lowerBound}`).toBe(true);
        }),
        seeded(4),
      );
    },
  );

  test('never falls below its infimum, whatever the options', () => {
    const one = hardPictures(loss).chain((picture) =>
      fc.tuple(fc.constant(picture), fc.constantFrom(...variants(loss, picture.channels))),
    );
    fc.assert(
      fc.property(one, fc.constantFrom(0.01, 1, 6, 30), ([picture, spec], sharpness) => {
        const prediction = Array.from(perfect(picture).prediction, (p, k) => {
          return sharpness * (p - 0.5) + (picture.prediction[k] ?? 0) / 3;
        });
        const { properValue, lowerBound } = evaluate({ ...picture, prediction }, `${spec}`);
        expect(lowerBound).not.toBe(Infinity);
        if (Number.isNaN(properValue.value) || Number.isNaN(lowerBound)) return;
        expect(properValue.value, `${spec} ${sharpness}`).toBeGreaterThanOrEqual(lowerBound - 1e-9);
      }),
      seeded(30),
    );
  });

  test('only takes the kinds of problem that it names', () => {
    const pictures: readonly Picture[] = [
      { prediction: [0.1], target: [1], spatial: [1, 1], channels: 1, kind: 'binary' },
      { prediction: [0.1, 0.2], target: [1], spatial: [1, 1], channels: 2, kind: 'exclusive' },
      { prediction: [0.1, 0.2], target: [1, 1], spatial: [1, 1], channels: 2, kind: 'multilabel' },
    ];
    const taken = pictures.filter((picture) => {
      const [evaluation] = evaluateLosses([parseLoss(loss.id)], measurementsOf(picture));
      return evaluation !== undefined;
    });
    expect(taken.map(({ kind }) => kind)).toEqual(loss.kinds);
  });
});

function expectSame(a: Evaluation, b: Evaluation, tolerance: number, rows?: readonly number[]): void {
  const order = (list: readonly (number | null)[] | null): readonly (number | null)[] | null =>
    list === null ? null : rows === undefined ? list : rows.map((row) => list[row] ?? null);
  const close = (x: number | null, y: number | null): boolean =>
    x === y || (x !== null && y !== null && (agree(x, y, tolerance) || Math.abs(x - y) < 1e-14));
  const listsClose = (x: readonly (number | null)[] | null, y: readonly (number | null)[] | null): boolean =>
    x === null || y === null ? x === y : x.every((value, k) => close(value, y[k] ?? null));
  const note = `${a.spec.text}: ${JSON.stringify([a.value, a.perClass, b.value, b.perClass])}`;
  expect(close(a.value, b.value), note).toBe(true);
  expect(listsClose(order(a.perClass), b.perClass), note).toBe(true);
  expect(listsClose(order(a.contributions), b.contributions), note).toBe(true);
  expect(close(a.gradient?.l2 ?? null, b.gradient?.l2 ?? null), note).toBe(true);
  for (const key of ['uniform', 'prior', 'floor', 'lowerBound'] as const) expect(close(a[key], b[key]), key).toBe(true);
}

describe.each(all.filter(({ id }) => exceptionsOf(id).spatial === undefined))(
  '$id does not care where the pixels lie',
  ({ loss }) => {
    test('shuffling the pixels of every image changes nothing', () => {
      fc.assert(
        fc.property(withVariant(loss, anyPicture({ kinds: loss.kinds })), fc.integer(), ([picture, spec], seed) => {
          if (exceptionsOf(loss.id).spatialWhen?.test(spec)) return;
          expectSame(evaluate(picture, spec), evaluate(shuffle(picture, seed), spec), 1e-11);
        }),
        seeded(25),
      );
    });
  },
);

describe.each(all.filter(({ id }) => exceptionsOf(id).spatial !== undefined))(
  '$id cares where the pixels lie',
  ({ loss }) => {
    test('shuffling the pixels changes the value', () => {
      const scores = [0, 1, 2, 3, 4, 5, 6, 7];
      const channels = loss.kinds.includes('binary') ? 1 : 2;
      const picture: Picture = {
        prediction: channels === 1 ? scores : [...scores.map((z) => z / 20), ...scores.map((z) => z / 8)],
        target: [0, 0, 0, 0, 1, 1, 1, 1],
        spatial: [1, 8],
        channels,
      };
      expect(evaluate(shuffle(picture, 3), loss.id).value).not.toBeCloseTo(evaluate(picture, loss.id).value, 6);
    });
  },
);

const alike = all.filter(({ id, loss }) => loss.kinds.includes('exclusive') && exceptionsOf(id).ordered === undefined);

describe.each(alike)('$id treats all classes alike', ({ loss }) => {
  test('renaming the classes renames the rows of the table and nothing else', () => {
    // Lists are given per class, and background names class 0.
    const { namesClasses } = exceptionsOf(loss.id);
    const fair = (spec: string): boolean =>
      !spec.includes('/') && parseLoss(spec).options.background !== false && !namesClasses?.test(spec);
    const pictures = anyPicture({ kinds: ['exclusive'] });
    const cases = pictures.chain((picture) =>
      fc.tuple(fc.constant(picture), fc.constantFrom(...variants(loss, picture.channels).filter(fair)), fc.integer()),
    );
    fc.assert(
      fc.property(cases, ([picture, spec, seed]) => {
        const { changed, rows } = permuteClasses(picture, seed);
        expectSame(evaluate(picture, spec), evaluate(changed, spec), 1e-11, rows);
      }),
      seeded(25),
    );
  });
});

test('pictures of every kind and shape are among the random ones', () => {
  const kinds = ['binary', 'exclusive', 'multilabel'] as const;
  const sample = fc.sample(anyPicture({ kinds }), { seed: 1, numRuns: 200 });
  const seen = (test: (picture: Picture) => boolean): boolean => sample.some(test);
  for (const kind of kinds) expect(seen((it) => it.kind === kind)).toBe(true);
  expect(seen((it) => it.spatial.length === 3)).toBe(true);
  expect(seen((it) => (it.images ?? 1) === 3)).toBe(true);
  expect(seen((it) => it.channels === 5)).toBe(true);
  expect(seen((it) => it.mode === 'one-hot')).toBe(true);
  expect(seen((it) => it.weights !== undefined)).toBe(true);
  expect(seen((it) => Array.from(it.target).includes(255))).toBe(true);
  expect(sample.every((it) => it.prediction.length === (it.images ?? 1) * it.channels * elementCount(it.spatial))).toBe(
    true,
  );
});
