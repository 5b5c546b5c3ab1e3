import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addStoredRun,
  addStoredValues,
  momentFacts,
  newStoredValues,
  settleMoments,
} from '../../src/measures/index.ts';

const value = fc.oneof(
  fc.double({ min: -9, max: 9, noNaN: true }),
  fc.constantFrom(0, 1, 5000, Infinity, -Infinity, Number.NaN),
);

test('what is seen of runs apart is what is seen of them together', () => {
  fc.assert(
    fc.property(fc.array(fc.array(value, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 6 }), (runs) => {
      const all = runs.flat();
      const together = newStoredValues(1, 'float64');
      addStoredRun(together, Float64Array.from(all), 1, all.length, all.length);
      settleMoments(together);
      const merged = newStoredValues(1, 'float64');
      for (const run of runs) {
        const own = newStoredValues(1, 'float64');
        addStoredRun(own, Float64Array.from(run), 1, run.length, run.length);
        addStoredValues(merged, own);
      }
      expect(merged.facts).toEqual(together.facts);
      expect(merged.distinct).toEqual(together.distinct);
      const finite = all.filter(Number.isFinite);
      const mean = finite.reduce((sum, v) => sum + v, 0) / (finite.length || 1);
      const apart = finite.reduce((sum, v) => sum + (v - mean) ** 2, 0);
      for (const { cells } of [together, merged]) {
        const scale = 1 + finite.reduce((sum, v) => sum + v * v, 0);
        expect(cells[0]).toBe(finite.length);
        expect(Math.abs((cells[1] ?? 0) - mean)).toBeLessThan(1e-9 * scale);
        expect(Math.abs((cells[2] ?? 0) - apart)).toBeLessThan(1e-9 * scale);
        expect([...cells.subarray(3, momentFacts)]).toEqual([
          all.filter(Number.isNaN).length,
          all.filter((v) => v === Infinity).length,
          all.filter((v) => v === -Infinity).length,
        ]);
      }
    }),
  );
});
