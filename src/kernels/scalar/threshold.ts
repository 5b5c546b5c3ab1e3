import type { Reals } from './reals.ts';

/** Bins of a probability: bin k holds k/1000 < p <= (k + 1)/1000, the first also p = 0. */
export const thresholdBins = 1000;

/** Counts the probabilities of one channel by bin: those of the others to `outside`, those of the class to `inside`. */
export function addByProbability(
  p: Reals,
  channel: number,
  labels: Int32Array,
  targets: Reals | null,
  outside: Float64Array,
  inside: Float64Array,
  stride: number,
  count: number,
): void {
  const row = channel * stride;
  for (let i = 0; i < count; i++) {
    if (labels[i] < 0 || Number.isNaN(p[row + i])) continue;
    const bin = Math.max(0, Math.min(Math.ceil(p[row + i] * thresholdBins) - 1, thresholdBins - 1));
    const member = targets === null ? labels[i] === channel : targets[row + i] > 0.5;
    if (member) inside[bin]++;
    else outside[bin]++;
  }
}
