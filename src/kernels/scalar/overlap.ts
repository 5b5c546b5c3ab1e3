import type { Reals } from './reals.ts';

/** Sums per channel that `overlap` leaves. */
export const overlapColumns = 8;

/**
 * Per channel, over the valid pixels: sum p, sum p g, sum p^2, sum (g-p)^2 g, sum (g-p)^2 (1-g), sum (p g)^2,
 * sum (p (1-g))^2, sum ((1-p) g)^2. Over the ignored pixels, into `ignored`: sum p, sum p^2.
 * Into `totals`: sum g and sum g^2 per channel, then the number of valid pixels.
 */
export function overlap(
  p: Reals,
  labels: Int32Array,
  targets: Reals | null,
  sums: Float64Array,
  ignored: Float64Array,
  totals: Float64Array,
  channels: number,
  stride: number,
  count: number,
): void {
  for (let c = 0; c < channels; c++) {
    const row = c * stride;
    const at = c * overlapColumns;
    let sumP = 0;
    let sumPG = 0;
    let sumPP = 0;
    let errorIn = 0;
    let errorOut = 0;
    let hit = 0;
    let excess = 0;
    let miss = 0;
    let sumG = 0;
    let sumGG = 0;
    let valid = 0;
    for (let i = 0; i < count; i++) {
      const value = p[row + i];
      const y = labels[i];
      if (y < 0) {
        ignored[2 * c] += value;
        ignored[2 * c + 1] += value * value;
        continue;
      }
      valid++;
      sumP += value;
      sumPP += value * value;
      if (targets === null) {
        if (y === c) {
          const gap = 1 - value;
          sumG++;
          sumGG++;
          sumPG += value;
          errorIn += gap * gap;
          hit += value * value;
          miss += gap * gap;
        } else {
          errorOut += value * value;
          excess += value * value;
        }
      } else {
        const g = targets[row + i];
        const gap = g - value;
        sumG += g;
        sumGG += g * g;
        sumPG += value * g;
        errorIn += gap * gap * g;
        errorOut += gap * gap * (1 - g);
        hit += (value * g) ** 2;
        excess += (value * (1 - g)) ** 2;
        miss += ((1 - value) * g) ** 2;
      }
    }
    sums[at] += sumP;
    sums[at + 1] += sumPG;
    sums[at + 2] += sumPP;
    sums[at + 3] += errorIn;
    sums[at + 4] += errorOut;
    sums[at + 5] += hit;
    sums[at + 6] += excess;
    sums[at + 7] += miss;
    totals[2 * c] += sumG;
    totals[2 * c + 1] += sumGG;
    if (c === 0) totals[2 * channels] += valid;
  }
}
