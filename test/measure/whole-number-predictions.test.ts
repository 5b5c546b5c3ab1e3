import { expect, test } from 'vitest';
import { diagnose, ndarray } from '../../src/index.ts';
import { random } from '../_arrays.ts';

const pixels = 40 * 40;
const ids = Uint8Array.from({ length: pixels }, (_, i) => ((i * 7) % 40 < 13 ? 1 : 0));

function losses(dtype: Parameters<typeof ndarray>[2], values: Parameters<typeof ndarray>[0], exact = false) {
  const report = diagnose(ndarray(values, [2, 40, 40], dtype), ndarray(ids, [40, 40], 'uint8'), {
    table: 'all',
    exact,
  });
  return Object.fromEntries(report.cases[0]?.losses.map(({ spec, value }) => [spec, value]) ?? []);
}

const next = random(3);

test.each([
  ['uint8', Uint8Array.from({ length: 2 * pixels }, () => Math.floor(256 * next()))],
  ['int8', Int8Array.from({ length: 2 * pixels }, () => Math.floor(9 * next() - 4))],
  ['uint16', Uint16Array.from({ length: 2 * pixels }, () => Math.floor(30 * next()))],
  ['int16', Int16Array.from({ length: 2 * pixels }, () => Math.floor(99 * next() - 50))],
  ['bool', Uint8Array.from({ length: 2 * pixels }, () => Math.floor(2 * next()))],
] as const)('a prediction of %s gets the losses of the same numbers in single precision', (dtype, values) => {
  const own = losses(dtype, values);
  expect(Object.keys(own).length).toBeGreaterThan(30);
  expect(own).toEqual(losses('float32', Float32Array.from(values)));
  expect(losses(dtype, values, true)).toEqual(losses('float64', Float64Array.from(values)));
});
