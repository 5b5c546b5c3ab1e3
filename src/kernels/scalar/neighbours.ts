import type { Labels, Reals } from './reals.ts';

/**
 * Share of every class in the box of `size` pixels a side around each of `count` pixels from `start` on, at [c * stride + i]. Pixels
 * outside the image and pixels without a class belong to none, and count.
 */
export function boxShares(
  labels: Labels,
  spatial: readonly number[],
  size: number,
  start: number,
  out: Reals,
  channels: number,
  stride: number,
  count: number,
): void {
  const [depth, height, width] = [spatial.length > 2 ? spatial[0] : 1, spatial.at(-2) ?? 1, spatial.at(-1) ?? 1];
  const low = (size - 1) >> 1;
  const high = size - 1 - low;
  const [above, below] = spatial.length > 2 ? [low, high] : [0, 0];
  const share = 1 / size ** spatial.length;
  for (let c = 0; c < channels; c++) out.fill(0, c * stride, c * stride + count);
  for (let i = 0; i < count; i++) {
    const at = start + i;
    const x = at % width;
    const y = Math.floor(at / width) % height;
    const z = Math.floor(at / (width * height));
    for (let d = Math.max(0, z - above); d <= Math.min(depth - 1, z + below); d++) {
      for (let h = Math.max(0, y - low); h <= Math.min(height - 1, y + high); h++) {
        for (let w = Math.max(0, x - low); w <= Math.min(width - 1, x + high); w++) {
          const label = labels[(d * height + h) * width + w];
          if (label >= 0) out[label * stride + i] += share;
        }
      }
    }
  }
}

/** Pixels of one class around which the classes have the same shares of a box. */
export interface BoxPattern {
  readonly label: number;
  readonly shares: Float64Array;
  pixels: number;
}

/** The different surroundings of the pixels of a label map that have a class, shares as `boxShares` has them. */
export function boxPatterns(labels: Labels, spatial: readonly number[], size: number, channels: number): BoxPattern[] {
  const patterns = new Map<number | string, BoxPattern>();
  const [height, width] = [spatial.at(-2) ?? 1, spatial.at(-1) ?? 1];
  const flat = spatial.length === 2;
  const low = (size - 1) >> 1;
  const high = size - 1 - low;
  const shares = new Float64Array(channels);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i];
    if (label < 0) continue;
    const x = i % width;
    const y = (i - x) / width;
    let alike = flat && x >= low && x + high < width && y >= low && y + high < height;
    for (let h = -low; alike && h <= high; h++) {
      for (let w = -low; alike && w <= high; w++) alike = labels[i + h * width + w] === label;
    }
    if (!alike || !patterns.has(label)) boxShares(labels, spatial, size, i, shares, channels, 1, 1);
    // A box of one class is named by that class alone, which is much faster.
    const key = alike ? label : `${label}:${shares}`;
    const known = patterns.get(key);
    if (known === undefined) patterns.set(key, { label, shares: shares.slice(), pixels: 1 });
    else known.pixels++;
  }
  return [...patterns.values()];
}

/** The label map of an image, the pixels along a side of a box in it, and the power of a distance. */
export interface Neighbourhood {
  readonly labels: Labels;
  readonly spatial: readonly number[];
  readonly size: number;
  readonly power: number;
}

/** Adds |z - shares|^power of each channel over the pixels from `start` on that are not ignored, shares as `boxShares` has them. */
export function sumNearness(
  z: Reals,
  labels: Int32Array,
  around: Neighbourhood,
  start: number,
  sums: Float64Array,
  channels: number,
  stride: number,
  count: number,
): void {
  const shares = new Float64Array(channels * stride);
  boxShares(around.labels, around.spatial, around.size, start, shares, channels, stride, count);
  sumDistances(z, shares, labels, around.power, sums, channels, stride, count);
}

/** Adds |z - shares|^power of each channel over the pixels that are not ignored. */
function sumDistances(
  z: Reals,
  shares: Reals,
  labels: Labels,
  power: number,
  sums: Float64Array,
  channels: number,
  stride: number,
  count: number,
): void {
  for (let c = 0; c < channels; c++) {
    for (let i = 0; i < count; i++) {
      if (labels[i] >= 0) sums[c] += Math.abs(z[c * stride + i] - shares[c * stride + i]) ** power;
    }
  }
}

/** Moves the scores of every pixel by the one constant that brings them closest to the shares: a softmax does not see it. */
export function closestShift(
  z: Reals,
  shares: Reals,
  power: number,
  channels: number,
  stride: number,
  count: number,
): void {
  const gaps = new Float64Array(channels);
  for (let i = 0; i < count; i++) {
    for (let c = 0; c < channels; c++) gaps[c] = shares[c * stride + i] - z[c * stride + i];
    // The median is closest in absolute terms, the mean in squares.
    const shift = power === 1 ? gaps.sort()[channels >> 1] : gaps.reduce((a, b) => a + b, 0) / channels;
    if (!Number.isFinite(shift)) continue;
    for (let c = 0; c < channels; c++) z[c * stride + i] += shift;
  }
}

/** Adds the gradient of factor * sum |z - shares|^power at z; over p, where z is ln p and the gradient is wanted at p. */
export function distanceGradient(
  z: Reals,
  shares: Reals,
  labels: Int32Array,
  power: number,
  factor: number,
  p: Reals | null,
  gradient: Reals,
  channels: number,
  stride: number,
  count: number,
): void {
  for (let c = 0; c < channels; c++) {
    for (let i = 0; i < count; i++) {
      if (labels[i] < 0) continue;
      const j = c * stride + i;
      const d = z[j] - shares[j];
      const slope = factor * power * Math.abs(d) ** (power - 1) * Math.sign(d);
      gradient[j] += p === null ? slope : slope / p[j];
    }
  }
}
