import { expect, test } from 'vitest';
import { kappa } from '../../src/measures/index.ts';
import { invertedTarget } from '../../src/rules/inverted-target.ts';
import { confusionOf } from './_counts.ts';
import { circumstances, reported, type SubjectChanges, subject } from './_subject.ts';

/** Pixels [kept, alarm] of the background and [miss, hit] of the object; mean probabilities inside and outside the mask. */
function check(
  matrix: readonly [readonly number[], readonly number[]],
  changes: SubjectChanges = {},
  said = {},
  [inside, outside] = [0.25, 0.75],
) {
  return invertedTarget.check(
    { confusion: confusionOf(matrix), contrast: { inside, outside } },
    subject({ channels: 1, ...changes }),
    circumstances([], said),
  );
}

test('a prediction of the complement is found, with both kappas and both Dice values', () => {
  expect(
    check([
      [100, 700],
      [180, 20],
    ]),
  ).toMatchObject({
    repair: { repair: 'invert-target' },
    evidence: [
      { label: 'kappa against 1 - mask', value: expect.closeTo((0.88 - 0.632) / (1 - 0.632), 12), limit: 0.4 },
      { label: 'kappa against the mask', value: expect.closeTo((0.12 - 0.368) / (1 - 0.368), 12) },
      { label: 'mean foreground probability outside minus inside', value: 0.5, limit: 0.2 },
      { label: 'Dice of the foreground against 1 - mask', value: 1400 / 1520 },
      { label: 'Dice of the foreground against the mask', value: 40 / 920 },
    ],
  });
});

test('agreement of 0.4 with the complement is enough, a little less is not', () => {
  // Half object, half not: kappa against the complement is 1 - 2 x the share that agrees with the mask.
  const half = (agreeing: number): [number[], number[]] => [
    [agreeing, 500 - agreeing],
    [500 - agreeing, agreeing],
  ];
  expect(kappa(Float64Array.from(half(350).flat()), 2)).toBeCloseTo(0.4);
  expect(check(half(149))).toBeDefined();
  expect(check(half(151))).toBeUndefined();
  const said = { reported: reported([{ formula: 'inverted-target' }]) };
  expect(check(half(174), {}, said)).toBeDefined();
  expect(check(half(176), {}, said)).toBeUndefined();
});

test('an untrained network that follows the brightness by a few hundredths is clear', () => {
  const matrix: [number[], number[]] = [
    [0, 700],
    [200, 0],
  ];
  expect(check(matrix, {}, {}, [0.3, 0.5])).toBeDefined();
  expect(check(matrix, {}, {}, [0.3125, 0.5])).toBeUndefined();
});

test('an honest prediction is clear, and so is one class all over', () => {
  expect(
    check([
      [700, 100],
      [40, 160],
    ]),
  ).toBeUndefined();
  expect(
    check([
      [0, 1000],
      [0, 0],
    ]),
  ).toBeUndefined();
});

test('under 100 valid pixels nothing is said', () => {
  expect(
    check([
      [0, 50],
      [50, 0],
    ]),
  ).toBeDefined();
  expect(
    check([
      [0, 50],
      [49, 0],
    ]),
  ).toBeUndefined();
});

test('two channels are asked as well, three are not', () => {
  const matrix: [number[], number[]] = [
    [0, 700],
    [200, 0],
  ];
  expect(check(matrix, { channels: 2 })).toBeDefined();
  expect(check(matrix, { channels: 3 })).toHaveProperty('notApplicable');
});
