import { expect, test } from 'vitest';
import type { Orientation } from '../../src/core/index.ts';
import { orientationMismatch } from '../../src/rules/orientation-mismatch.ts';
import { agreement, chance, planeOrientations } from './_agreement.ts';
import { confusionOf } from './_counts.ts';
import { circumstances, type SubjectChanges, subject } from './_subject.ts';

const [plain, upsideDown, leftRight] = planeOrientations as [Orientation, Orientation, Orientation];

interface Measured {
  readonly now: number;
  readonly after: number;
  readonly shifted?: number;
  readonly orientations?: readonly Orientation[];
  readonly confusion?: typeof chance;
}

function check(
  { now, after, shifted = now, orientations = [leftRight], confusion = chance }: Measured,
  changes: SubjectChanges = {},
) {
  const all = planeOrientations.map((orientation) => ({
    orientation,
    kappa: orientation === plain ? now : orientation === leftRight ? after : 0.01,
  }));
  const symmetries = { now: agreement(now), best: { ...agreement(after), orientations }, all };
  const bestShift = { offset: [4, 0], now: agreement(now), after: agreement(shifted) };
  return orientationMismatch.check({ confusion, symmetries, bestShift }, subject(changes), circumstances());
}

test('a flipped target is found, with the kappas and the repair', () => {
  expect(check({ now: 0.1, after: 0.8 })).toMatchObject({
    message: expect.stringContaining('agrees with the target flipped left-right: kappa 0.8, against 0.1 as it lies'),
    repair: { repair: 'orient-target', placement: { orientations: [leftRight] } },
    strength: 0.5 + 0.45 * 0.8,
  });
});

test('a kappa of 0.4 when turned is enough, a little less is not', () => {
  expect(check({ now: 0.1, after: 0.4 })).toBeDefined();
  expect(check({ now: 0.1, after: 0.399 })).toBeUndefined();
});

test('a gain of 0.2 is enough, a little less is not, and NaN is none', () => {
  expect(check({ now: 0.375, after: 0.576 })).toBeDefined();
  expect(check({ now: 0.375, after: 0.574 })).toBeUndefined();
  expect(check({ now: Number.NaN, after: 0.8 })).toBeUndefined();
});

test('a shift that agrees better by 0.05 is preferred', () => {
  expect(check({ now: 0.1, after: 0.7, shifted: 0.749 })).toBeDefined();
  expect(check({ now: 0.1, after: 0.7, shifted: 0.751 })).toBeUndefined();
});

test('good agreement, few pixels, or one class all over are not looked into', () => {
  const turned = { now: 0.1, after: 0.9 };
  const good = confusionOf([
    [500, 50],
    [40, 410],
  ]);
  expect(check({ ...turned, confusion: good })).toBeUndefined();
  const few = (n: number) =>
    confusionOf([
      [n - 50, 20],
      [20, 10],
    ]);
  expect(check({ ...turned, confusion: few(100) })).toBeDefined();
  expect(check({ ...turned, confusion: few(99) })).toBeUndefined();
  const flat = confusionOf([
    [900, 0],
    [100, 0],
  ]);
  expect(check({ ...turned, confusion: flat })).toBeUndefined();
});

test('of images that are turned one by one it says how many', () => {
  const some = check({ now: 0.3, after: 0.7, orientations: [plain, leftRight, upsideDown, plain] }, { images: 4 });
  expect(some).toMatchObject({ message: expect.stringContaining('once 2 of 4 are flipped or turned') });
});

test('shapes that fit only with axes swapped are found whatever the agreement, the flips only from 0.2 on', () => {
  const obstacles = [{ rule: 'orientation-mismatch', blocks: ['pair'], reason: 'axes' }] as const;
  const shapes = { obstacles, prediction: { shape: [1, 2, 60, 80] }, target: { shape: [1, 80, 60] } };
  expect(check({ now: 0.1, after: 0.21 }, shapes)).toMatchObject({
    message: expect.stringMatching(/\[1, 2, 60, 80\].*\[1, 80, 60\].*flipped left-right agrees/),
    repair: { placement: { orientations: [leftRight] } },
  });
  expect(check({ now: 0.1, after: 0.19 }, shapes)).toMatchObject({
    message: expect.stringContaining('has the right shape'),
    repair: { placement: { orientations: [plain] } },
  });
});

test('fewer than 5000 pixels and a kappa below 0.5 earn a warning', () => {
  const of = (pixels: number) =>
    confusionOf([
      [pixels - 3000, 1000],
      [1000, 1000],
    ]);
  expect(check({ now: 0.1, after: 0.5, confusion: of(5000) })).not.toHaveProperty('severity');
  expect(check({ now: 0.1, after: 0.5, confusion: of(4999) })).toMatchObject({ severity: 'warning' });
  expect(check({ now: 0.1, after: 0.499, confusion: of(5000) })).toMatchObject({ severity: 'warning' });
});
