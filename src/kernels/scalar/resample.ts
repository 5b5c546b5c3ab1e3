/**
 * One axis of a block [outer, length, inner] resampled linearly to `size`, corners not aligned: the value at i stands at
 * (i + 1/2) length / size - 1/2, held at the border. The same as torch.nn.functional.interpolate with align_corners=False.
 */
export function resampleAxis(
  values: ArrayLike<number>,
  outer: number,
  length: number,
  inner: number,
  size: number,
): Float32Array {
  const out = new Float32Array(outer * size * inner);
  for (let i = 0; i < size; i++) {
    const at = Math.max(0, ((i + 0.5) * length) / size - 0.5);
    const low = Math.min(length - 1, Math.floor(at));
    const high = Math.min(length - 1, low + 1);
    const share = at - low;
    for (let o = 0; o < outer; o++) {
      const [a, b, to] = [(o * length + low) * inner, (o * length + high) * inner, (o * size + i) * inner];
      for (let k = 0; k < inner; k++) out[to + k] = (1 - share) * values[a + k] + share * values[b + k];
    }
  }
  return out;
}
