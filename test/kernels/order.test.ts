import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fallingOrder } from '../../src/kernels/scalar/order.ts';
import { seeded } from '../_arrays.ts';

test('numbers are ordered from the largest to the least, equal ones as they came', () => {
  const some = fc.oneof(
    fc.double({ noNaN: true }).map((x) => x + 0),
    fc.constantFrom(0, 1, -1, 0.5, Infinity, -Infinity, 5e-324, -5e-324),
  );
  fc.assert(
    fc.property(fc.array(some, { maxLength: 300 }), (list) => {
      const want = list.map((_, i) => i).sort((a, b) => (list[b] === list[a] ? 0 : (list[b] ?? 0) - (list[a] ?? 0)));
      expect([...fallingOrder(Float64Array.from(list))]).toEqual(want);
    }),
    seeded(200),
  );
});
