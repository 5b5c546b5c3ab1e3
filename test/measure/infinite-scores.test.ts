import { expect, test } from 'vitest';
import { diagnose, ndarray } from '../../src/index.ts';

/** Loss by loss the values of eight pixels and three channels, one score of which is given. */
function values(score: number, exact: boolean): Record<string, unknown> {
  const z = Float32Array.from({ length: 24 }, (_, k) => (k === 10 ? score : Math.sin(k)));
  const ids = Uint8Array.from({ length: 8 }, (_, k) => (k === 2 ? 0 : k % 3));
  const report = diagnose(ndarray(z, [3, 2, 4], 'float32'), ndarray(ids, [2, 4], 'uint8'), { table: 'all', exact });
  return Object.fromEntries((report.cases[0]?.losses ?? []).map(({ spec, value }) => [spec, value]));
}

test.each([Infinity, -Infinity, Number.NaN, 1e20])(
  'a score of %s counts alike in singles and with --exact',
  (score) => {
    const [singles, exact] = [values(score, false), values(score, true)];
    for (const name of ['ce', 'nll', 'focal', 'dice', 'bce', 'bce-logits', 'hinge', 'soft-margin']) {
      const [one, other] = [singles[name], exact[name]];
      if (typeof other === 'number' && Number.isFinite(other)) expect((one as number) / other).toBeCloseTo(1, 5);
      else expect(one).toEqual(other);
    }
  },
);

test('binary cross-entropy of an infinite score that is wrong costs the floor of its logarithm', () => {
  const [infinite, large] = [values(Infinity, false).bce, values(200, false).bce];
  expect(infinite).toBeCloseTo(large as number, 5);
});
