import { type NdArray, ndarray } from '../../src/core/index.ts';
import { random } from '../_arrays.ts';

/** A mask of stripes and scores that are right more often than not. */
export function stripes(
  channels: number,
  size: number,
  seed: number,
  skill = 1,
): { logits: NdArray; probabilities: NdArray; mask: NdArray } {
  const next = random(seed);
  const pixels = size * size;
  const ids = Uint8Array.from({ length: pixels }, (_, i) => Math.floor((i % size) / 2) % Math.max(2, channels));
  const z = Float64Array.from({ length: channels * pixels }, (_, at) => {
    const [c, id] = [Math.floor(at / pixels), ids[at % pixels] ?? 0];
    const member = channels === 1 ? id === 1 : id === c;
    return 4 * next() - 2 + (member ? skill : -skill);
  });
  const p = z.map((value, at) => {
    if (channels === 1) return 1 / (1 + Math.exp(-value));
    let sum = 0;
    for (let c = 0; c < channels; c++) sum += Math.exp(z[c * pixels + (at % pixels)] ?? 0);
    return Math.exp(value) / sum;
  });
  const shape = [channels, size, size];
  return {
    logits: ndarray(Float32Array.from(z), shape, 'float32'),
    probabilities: ndarray(Float32Array.from(p), shape, 'float32'),
    mask: ndarray(ids, [size, size], 'uint8'),
  };
}
