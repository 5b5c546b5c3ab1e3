import { expect, test } from 'vitest';
import { embeddingReport } from '../../src/embeddings/_report.ts';
import { npy } from '../../src/readers/npy.ts';
import { random } from '../_arrays.ts';
import { encodeNpy } from '../readers/_encode-npy.ts';
import { openSource } from '../readers/_memory.ts';

const [height, width, dims] = [90, 110, 3];
const ids = Array.from({ length: height * width }, (_, i) => (i >> 7) % 4);

test.each([
  ['components first', [dims, height, width], false],
  ['components last', [height, width, dims], false],
  ['Fortran order', [dims, height, width], true],
] as const)('features left in their file say what they say in memory: %s', async (_, shape, fortran) => {
  const next = random(7);
  const values = Array.from({ length: dims * ids.length }, () => Math.round(4096 * (2 * next() - 1)) / 4096);
  const source = openSource(encodeNpy({ values, shape, fortran }));
  const mask = await npy.read(openSource(encodeNpy({ values: ids, dtype: 'uint8', shape: [height, width] })));
  const reports = [await npy.read(source), await npy.leave?.(source)].map(
    (features) =>
      features &&
      embeddingReport({ features, mask, ignore: [3], specs: ['cosface'], paths: { features: 'f', mask: 'm' } }),
  );
  expect(reports[1]).toEqual(reports[0]);
  expect(reports[0]?.mask.valid).toBe(ids.filter((id) => id !== 3).length);
});
