import { describe, expect, test } from 'vitest';
import { orientationName, orientationsOf, view } from '../../src/core/index.ts';
import { bestShift, classAssignment, confusion, kappa, pairing, symmetries } from '../../src/measures/index.ts';
import { measurementsOf, type Picture, random } from '../_arrays.ts';

const sigmoid = view(['sigmoid']);
const softmax = view(['softmax']);

/** Logits that decide for 1 where the mask says 1. */
function deciding(mask: readonly number[], target: readonly number[], spatial: readonly number[], images = 1): Picture {
  return { prediction: mask.map((y) => 4 * y - 2), target, spatial, images, channels: 1 };
}

/** A mask with an object that no symmetry maps to itself. */
function blob(spatial: readonly number[], corner: readonly number[]): number[] {
  const size = spatial.reduce((a, b) => a * b, 1);
  return Array.from({ length: size }, (_, k) => {
    let rest = k;
    const inside = [...spatial.keys()].reverse().every((axis) => {
      const length = spatial[axis] ?? 1;
      const x = rest % length;
      rest = Math.floor(rest / length);
      const from = corner[axis] ?? 0;
      return x >= from && x < from + 3 + 2 * axis;
    });
    return Number(inside);
  });
}

function flippedAcross(mask: readonly number[], width: number): number[] {
  return mask.map((_, k) => mask[k - (k % width) + width - 1 - (k % width)] ?? 0);
}

describe('symmetries', () => {
  test('the flip that was made is the one that agrees, wholly', () => {
    const mask = blob([12, 20], [1, 2]);
    const found = measurementsOf(deciding(mask, flippedAcross(mask, 20), [12, 20])).get(symmetries, sigmoid);
    expect(found.best.orientations.map(orientationName)).toEqual(['flipped left-right']);
    expect([found.best.kappa, found.best.dice]).toEqual([1, 1]);
    expect(found.now.kappa).toBeLessThan(0);
    // Height and width differ: nothing can be transposed.
    expect(found.all).toHaveLength(4);
  });

  test('all 48 of a cube are told apart', () => {
    const mask = blob([16, 16, 16], [1, 2, 4]);
    const source = measurementsOf(deciding(mask, mask, [16, 16, 16]));
    for (const orientation of orientationsOf(3)) {
      const laid = { ...sigmoid, target: { scale: 1, shift: 0, orientations: [orientation] } };
      const turned = measurementsOf(deciding([...source.source.labels(0, laid)], mask, [16, 16, 16]));
      const { best } = turned.get(symmetries, sigmoid);
      expect(best.kappa).toBe(1);
      expect(best.orientations).toEqual([orientation]);
    }
  });

  test('images that lie in different ways are turned one by one', () => {
    const masks = [blob([16, 16], [1, 2]), blob([16, 16], [3, 1]), blob([16, 16], [2, 3])];
    const target = [...(masks[0] ?? []), ...flippedAcross(masks[1] ?? [], 16), ...(masks[2] ?? [])];
    const { best } = measurementsOf(deciding(masks.flat(), target, [16, 16], 3)).get(symmetries, sigmoid);
    expect(best.orientations.map(orientationName)).toEqual(['left as it is', 'flipped left-right', 'left as it is']);
    expect(best.kappa).toBe(1);
  });

  test('starting from an orientation, those found are still the ones of the file', () => {
    const mask = blob([12, 20], [1, 2]);
    const upsideDown = orientationsOf(2)[1];
    if (upsideDown === undefined) throw new Error('no such orientation');
    const from = { ...sigmoid, target: { scale: 1, shift: 0, orientations: [upsideDown] } };
    const { best, all } = measurementsOf(deciding(mask, flippedAcross(mask, 20), [12, 20])).get(symmetries, from);
    expect(best.orientations.map(orientationName)).toEqual(['flipped left-right']);
    expect(all[0]?.orientation).toEqual(upsideDown);
  });

  test('of overlapping classes the sets are compared', () => {
    const mask = [...blob([12, 20], [1, 2]), ...blob([12, 20], [4, 3])];
    const target = flippedAcross(mask, 20);
    const several: Picture = { ...deciding(mask, target, [12, 20]), channels: 2, kind: 'multilabel' };
    const { best, now } = measurementsOf(several).get(symmetries, sigmoid);
    expect(best.orientations.map(orientationName)).toEqual(['flipped left-right']);
    expect(best.kappa).toBe(1);
    expect(now.kappa).toBeLessThan(0.2);
  });
});

describe('the best shift', () => {
  test.each([
    [
      [40, 60],
      [5, 20],
      [2, -3],
    ],
    [
      [40, 60],
      [5, 20],
      [9, 14],
    ],
    [
      [40, 60],
      [5, 20],
      [0, 0],
    ],
    [
      [16, 20, 24],
      [4, 5, 6],
      [2, -1, 3],
    ],
  ])('of an object in %j at %j that was moved by %j', (spatial, corner, offset) => {
    const mask = blob(spatial, corner);
    const moved = blob(
      spatial,
      corner.map((x, axis) => x + (offset[axis] ?? 0)),
    );
    const found = measurementsOf(deciding(mask, moved, spatial)).get(bestShift, sigmoid);
    expect(found.offset).toEqual(offset);
    expect(found.after.kappa).toBe(1);
  });

  test('is none where nothing agrees', () => {
    const next = random(2);
    const noise = (): number[] => Array.from({ length: 4096 }, () => Number(next() < 0.5));
    const { after } = measurementsOf(deciding(noise(), noise(), [64, 64])).get(bestShift, sigmoid);
    expect(after.kappa).toBeLessThan(0.15);
  });
});

describe('pairing', () => {
  const masks = [
    [1, 1],
    [1, 8],
    [8, 1],
    [8, 8],
  ].map((corner) => blob([16, 16], corner));

  test('finds the target of each prediction', () => {
    const target = [2, 0, 3, 1].flatMap((k) => masks[k] ?? []);
    const found = measurementsOf(deciding(masks.flat(), target, [16, 16], 4)).get(pairing, sigmoid);
    expect(found.partners).toEqual([1, 3, 0, 2]);
    expect([found.after, found.ownBest]).toEqual([1, 0]);
    expect(found.now).toBeLessThan(0);
  });

  test('leaves alike targets where they are', () => {
    const same = [masks[0], masks[0], masks[0], masks[1]].flatMap((it) => it ?? []);
    const found = measurementsOf(deciding(same, same, [16, 16], 4)).get(pairing, sigmoid);
    expect(found.partners).toEqual([0, 1, 2, 3]);
    expect([found.now, found.after, found.ownBest]).toEqual([1, 1, 1]);
  });
});

describe('class assignment', () => {
  function classes(decided: readonly number[], target: readonly number[], rows = 4): Picture {
    const prediction = Array.from({ length: rows * decided.length }, (_, k) =>
      Number(decided[k % decided.length] === Math.floor(k / decided.length)),
    );
    return { prediction, target, spatial: [decided.length / 10, 10], channels: rows };
  }
  const decided = Array.from({ length: 100 }, (_, k) => [0, 0, 0, 0, 1, 1, 1, 2, 2, 3][k % 10] ?? 0);

  test('undoes a renaming', () => {
    const renamed = decided.map((y) => [3, 1, 0, 2][y] ?? 0);
    const found = measurementsOf(classes(decided, renamed)).get(classAssignment, softmax);
    expect(found.classes).toEqual([2, 1, 3, 0]);
    expect([found.after.kappa, found.after.dice]).toEqual([1, 1]);
  });

  test('prefers one step for all classes where rare ones would go elsewhere', () => {
    // One pixel of class 3 in place of ten: where it goes is chance.
    const target = decided.map((y, k) => ((k === 99 ? 2 : y) + 1) % 4);
    expect(measurementsOf(classes(decided, target)).get(classAssignment, softmax).classes).toEqual([3, 0, 1, 2]);
  });

  test('renames nothing that need not be renamed, and knows the kappa as it is', () => {
    const mixed = decided.map((y, k) => (k % 7 === 0 ? 0 : y));
    const all = measurementsOf(classes(decided, mixed));
    const found = all.get(classAssignment, softmax);
    expect(found.classes).toEqual([0, 1, 2, 3]);
    const { matrix } = all.get(confusion, softmax);
    expect(found.now.kappa).toBeCloseTo(kappa(matrix ?? new Float64Array(16), 4), 12);
  });
});
