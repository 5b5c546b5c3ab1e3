import type { Reals } from './reals.ts';

/** Counts [truth * channels + winner] of the valid pixels; the lowest channel wins a tie. NaN scores are left out. */
export function confusion(
  scores: Reals,
  labels: Int32Array,
  matrix: Float64Array,
  channels: number,
  stride: number,
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    const y = labels[i];
    if (y < 0) continue;
    let winner = -1;
    let best = -Infinity;
    for (let c = 0; c < channels; c++) {
      const score = scores[c * stride + i];
      if (score > best || (winner < 0 && score === best)) {
        best = score;
        winner = c;
      }
    }
    if (winner >= 0) matrix[y * channels + winner]++;
  }
}

/** Per channel the counts [negative kept, false alarm, miss, hit] of `score > threshold` against `target > 1/2`. */
export function binaryConfusion(
  scores: Reals,
  labels: Int32Array,
  targets: Reals,
  threshold: number,
  counts: Float64Array,
  channels: number,
  stride: number,
  count: number,
): void {
  for (let c = 0; c < channels; c++) {
    const row = c * stride;
    for (let i = 0; i < count; i++) {
      if (labels[i] < 0) continue;
      const truth = targets[row + i] > 0.5 ? 2 : 0;
      counts[4 * c + truth + (scores[row + i] > threshold ? 1 : 0)]++;
    }
  }
}
