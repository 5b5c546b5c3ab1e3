import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as kernel from '../../src/kernels/index.ts';
import { collect as scalarCollect } from '../../src/kernels/scalar/channels.ts';
import { random, seeded } from '../_arrays.ts';

// Kernels over whole images: the same in the memory of the SIMD module, in singles, and in doubles.

/** Some arrays of numbers with few levels, so that there are ties; labels, and arrays to write to. */
interface Arrays {
  readonly x: readonly [kernel.Reals, kernel.Reals, kernel.Reals];
  readonly out: readonly [kernel.Reals, kernel.Reals];
  readonly labels: Int32Array;
}

const shapes = [[1], [7], [5, 8], [6, 3], [1, 13], [3, 4, 7], [4, 1, 5], [1, 5, 6]] as const;

function arraysOf(precision: 'single' | 'double', size: number, seed: number) {
  const space = kernel.openWorkspace(precision, 200_000);
  const next = random(seed);
  const room = (): kernel.Reals => space.reals(size + kernel.slack).subarray(0, size);
  const filled = (): kernel.Reals => room().map(() => Math.floor(next() * 9) / 4 - 1);
  const x = [room(), room(), room()] as const;
  for (const own of x) own.set(filled());
  const labels = space.integers(size + kernel.slack).subarray(0, size);
  for (let i = 0; i < size; i++) labels[i] = Math.floor(next() * 4) - 1;
  return { space, x, labels, out: [room(), room()] as const };
}

/** Runs a kernel on both kinds of arrays and compares what it leaves. */
function agree(name: string, run: (arrays: Arrays, spatial: readonly number[]) => ArrayLike<number>[]): void {
  test(name, () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom(...shapes), (seed, spatial) => {
        const size = spatial.reduce((a: number, b) => a * b, 1);
        const [single, double] = (['single', 'double'] as const).map((precision) => {
          const arrays = arraysOf(precision, size, seed);
          const left = run(arrays, spatial).flatMap((own) => Array.from(own));
          arrays.space.close();
          return left;
        });
        expect(single?.length).toBe(double?.length);
        single?.forEach((value, k) => {
          expect(value, `at ${k}`).toBeCloseTo(double?.[k] ?? 0, 5);
        });
      }),
      seeded(150),
    );
  });
}

describe('over whole images the SIMD kernels give what the scalar ones give', () => {
  agree('erosion and dilation', ({ x: [x, y, z], out: [a, b] }, spatial) => {
    kernel.erode(x, spatial, a, z);
    kernel.dilate(y, spatial, b, z);
    return [a, b];
  });
  agree('the way back through an erosion', ({ x: [x, slope, into] }, spatial) => {
    kernel.erodeBackward(x, spatial, slope, into);
    return [into];
  });
  agree('the way back through a dilation', ({ x: [x, slope, into] }, spatial) => {
    kernel.dilateBackward(x, spatial, slope, into);
    return [into];
  });
  agree('what an opening adds to a skeleton, and the way back', ({ x: [x, opened, skeleton], out: [a, b] }) => {
    kernel.grow(skeleton, x, opened, a);
    kernel.growBackward(skeleton, x, opened, a, b);
    return [a, b, opened];
  });
  agree('one channel without its ignored pixels', ({ x: [x, y], out: [a, b], labels }) => {
    kernel.keepValid(x, labels, a);
    kernel.markMembers(labels, 1, b);
    kernel.blend(2, x, 0.5, labels, y);
    const { both, all } = kernel.sumCovered(a, b);
    return [a, b, y, [both, all]];
  });
  agree('where the numbers are that are not 0', ({ x: [x, values], labels }) => {
    const { at, values: found } = kernel.collect(x, labels, values);
    const sparse = scalarCollect(x);
    return [at, found, sparse.at, sparse.values];
  });
  agree('masks and signed squares', ({ x: [x], out: [a], labels }) => {
    const members = new Int16Array(labels.buffer, labels.byteOffset, labels.length);
    const count = kernel.aboveHalf(x, members);
    const found = members.slice();
    kernel.signSquares(x, members, a);
    return [[count], found, a];
  });
  for (const ring of [0, 1]) {
    agree(`signed distances with a ring of ${ring}`, ({ x: [x, p], out: [a, b], labels }) => {
      // Squares of both signs, and some without another side.
      for (let i = 0; i < x.length; i++) a[i] = i % 5 === 2 ? (x[i] ?? 0) * Infinity || Infinity : 4 * (x[i] ?? 0);
      const { inside, outside } = kernel.sumSides(a, labels, ring);
      kernel.addSigned(a, labels, ring, 0.5, b, b.length);
      return [b, [inside, outside, kernel.sumSigned(p, a, labels, ring, p.length)]];
    });
  }
  for (const alpha of [2, 1, 3, 0]) {
    agree(`errors weighed by distances to the power of ${alpha}`, ({ x: [p, g, ours], out: [theirs, slopes] }) => {
      for (let i = 0; i < p.length; i++) theirs[i] = i % 3 === 1 ? -Infinity : (i % 4) - 2;
      return [[kernel.weighErrors(p, g, ours, theirs, alpha, slopes)], slopes];
    });
  }
  for (const kind of ['absolute', 'hinge'] as const) {
    agree(`the ranking of ${kind} errors`, ({ x: [x, truth], out: [errors, steps], labels }) => {
      for (let i = 0; i < truth.length; i++) truth[i] = (truth[i] ?? 0) > 0 ? 1 : 0;
      (kind === 'absolute' ? kernel.absoluteErrors : kernel.hingeErrors)(x, truth, errors);
      const value = kernel.lovaszExtension(errors, truth, labels, kind === 'absolute' ? -Infinity : 0, steps);
      const ranked = steps.slice();
      if (kind === 'absolute') kernel.absoluteSlopes(x, truth, steps);
      else kernel.hingeSlopes(errors, truth, steps);
      return [[value], errors, ranked, steps];
    });
  }
});

test('infinite errors rank first and last, and NaN makes the value NaN', () => {
  for (const precision of ['single', 'double'] as const) {
    const space = kernel.openWorkspace(precision, 20_000);
    const [errors, truth, steps] = [space.reals(8), space.reals(8), space.reals(8)];
    const labels = space.integers(8);
    errors.set([0.5, -Infinity, Infinity, -0, 0, 1e-40, -2, 3]);
    truth.set([1, 0, 0, 1, 0, 0, 1, 0]);
    labels[7] = -1;
    const value = kernel.lovaszExtension(errors.subarray(0, 8), truth, labels, 0, steps);
    expect(value).toBe(Infinity);
    expect(steps[2]).toBeCloseTo(1 - 3 / 4, 6);
    expect(steps[7]).toBe(0);
    errors[0] = Number.NaN;
    expect(kernel.lovaszExtension(errors, truth, labels, 0, steps)).toBeNaN();
    space.close();
  }
});
