import type { Reals } from './reals.ts';

/** Bins of the winner's probability, and what is kept of each: decisions, summed probability, right decisions. */
export const calibrationBins = 15;
export const calibrationColumns = 3;

/** Adds one decision of probability p in [1/C, 1]. */
function addDecision(p: number, right: boolean, sums: Float64Array): void {
  const bin = Math.max(0, Math.min(Math.floor(p * calibrationBins), calibrationBins - 1)) * calibrationColumns;
  sums[bin]++;
  sums[bin + 1] += p;
  if (right) sums[bin + 2]++;
}

/** Of exclusive classes, one decision per valid pixel: the largest probability, in `best`, and whether it is that of the label. */
export function addWinners(
  p: Reals,
  best: Reals,
  labels: Int32Array,
  sums: Float64Array,
  stride: number,
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    const y = labels[i];
    if (y >= 0) addDecision(best[i], p[y * stride + i] === best[i], sums);
  }
}

/** Of channels that are questions of their own, one decision per valid element: the likelier side, and whether the target is on it. */
export function addSides(
  p: Reals,
  labels: Int32Array,
  targets: Reals,
  sums: Float64Array,
  channels: number,
  stride: number,
  count: number,
): void {
  for (let c = 0; c < channels; c++) {
    for (let i = 0; i < count; i++) {
      if (labels[i] < 0) continue;
      const own = p[c * stride + i];
      addDecision(Math.max(own, 1 - own), targets[c * stride + i] > 0.5 === own > 0.5, sums);
    }
  }
}
