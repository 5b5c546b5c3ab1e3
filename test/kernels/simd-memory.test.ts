import { expect, test } from 'vitest';
import { ndarray } from '../../src/core/index.ts';
import { diagnose } from '../../src/index.ts';
import * as kernel from '../../src/kernels/index.ts';
import * as scalar from '../../src/kernels/scalar/agreement.ts';
import { random } from '../_arrays.ts';

test('hundreds of classes in a small image are diagnosed', () => {
  for (const classes of [700, 3000]) {
    const z = Float32Array.from({ length: classes * 16 }, (_, i) => 3 * Math.sin(i * i));
    const ids = Uint16Array.from({ length: 16 }, (_, i) => (37 * i) % classes);
    const report = diagnose(ndarray(z, [classes, 4, 4], 'float32'), ndarray(ids, [4, 4], 'uint16'), { table: 'none' });
    expect(report.cases[0]?.losses.length).toBe(1);
  }
});

/** Takes everything that a workspace has. */
function filled(numbers: number) {
  const space = kernel.openWorkspace('single', numbers);
  const [z, first] = [space.reals(64), space.reals(64)];
  let taken = 0;
  for (let own = first; own.buffer === first.buffer; own = space.reals(64)) taken += own.length;
  return { space, z, taken };
}

test('a kernel that is handed a row works where tiles have taken all their room', () => {
  const { space, z } = filled(0);
  const next = random(3);
  for (let k = 0; k < z.length; k++) z[k] = next();
  const [winners, right] = [new Int32Array(16), new Int32Array(16)];
  kernel.winningClass(z, winners, 4, 16, 16);
  scalar.winningClass(z, right, 4, 16, 16);
  space.close();
  expect([...winners]).toEqual([...right]);
});

test('tiles find as much room in a memory that was larger once', () => {
  const { space, taken } = filled(2 ** 20);
  space.close();
  kernel.openWorkspace('single', 2 ** 23).close();
  const again = filled(2 ** 20);
  again.space.close();
  expect(again.taken).toBe(taken);
});
