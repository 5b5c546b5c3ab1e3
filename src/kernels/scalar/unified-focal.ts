import type { Reals } from './reals.ts';

/** Sums per side, p clipped: p g, (1 - p) g, p (1 - g), g (1 - p)^gamma (-ln p), g (-ln p). */
export const unifiedColumns = 5;

/**
 * Adds those sums, p clipped to [clip, 1 - clip]. One channel has two sides, 1 - p and p; with `truncated` p is cut to an integer first.
 */
export function unifiedSums(
  p: Reals,
  labels: Int32Array,
  targets: Reals | null,
  numbers: { readonly gamma: number; readonly clip: number; readonly truncated: boolean },
  sums: Float64Array,
  channels: number,
  stride: number,
  count: number,
): void {
  const { gamma, clip, truncated } = numbers;
  const sides = channels === 1 ? 2 : channels;
  for (let side = 0; side < sides; side++) {
    const row = (channels === 1 ? 0 : side) * stride;
    const other = channels === 1 && side === 0;
    const at = unifiedColumns * side;
    for (let i = 0; i < count; i++) {
      if (labels[i] < 0) continue;
      const whole = truncated ? Math.trunc(p[row + i]) : p[row + i];
      const target = targets === null ? (labels[i] === side ? 1 : 0) : targets[row + i];
      unifiedPixel(other ? 1 - whole : whole, other ? 1 - target : target, 1, gamma, clip, sums, at);
    }
  }
}

/** Adds `pixels` times the sums of a pixel with probability p and target g. */
export function unifiedPixel(
  p: number,
  g: number,
  pixels: number,
  gamma: number,
  clip: number,
  sums: Float64Array,
  at: number,
): void {
  const q = Math.max(clip, Math.min(p, 1 - clip));
  const loss = g === 0 ? 0 : -g * Math.log(q);
  sums[at] += pixels * q * g;
  sums[at + 1] += pixels * (1 - q) * g;
  sums[at + 2] += pixels * q * (1 - g);
  sums[at + 3] += pixels * (loss === 0 ? 0 : (1 - q) ** gamma * loss);
  sums[at + 4] += pixels * loss;
}
