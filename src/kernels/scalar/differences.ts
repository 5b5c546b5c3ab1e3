import type { Labels, Reals } from './reals.ts';

/** A loss of a probability and its target, and its derivative by the probability. */
export interface Pair {
  value(p: number, g: number): number;
  slope(p: number, g: number): number;
  /** The loss over (p - g)^2, and that over p where g is 0: for p and g between 0 and 1, if the quotient is a constant. */
  readonly overSquare?: number;
  readonly overP?: number;
  /** The same function as the SIMD kernels know it: square, absolute, Huber, Jensen-Shannon of hard targets; absent where they do not. */
  readonly code?: { readonly id: 0 | 1 | 2 | 3; readonly delta: number };
}

/** (p - g)^2. */
export const square: Pair = {
  value: (p, g) => (p - g) ** 2,
  slope: (p, g) => 2 * (p - g),
  overSquare: 1,
  code: { id: 0, delta: 0 },
};

/** |p - g|; no slope at 0. */
export const absolute: Pair = {
  value: (p, g) => Math.abs(p - g),
  slope: (p, g) => Math.sign(p - g),
  overP: 1,
  code: { id: 1, delta: 0 },
};

/** Half the square up to delta, a straight line beyond. Huber 1964. */
export function huber(delta: number): Pair {
  return {
    value: (p, g) => {
      const d = Math.abs(p - g);
      return d < delta ? (d * d) / 2 : delta * (d - delta / 2);
    },
    slope: (p, g) => (Math.abs(p - g) < delta ? p - g : delta * Math.sign(p - g)),
    ...(delta >= 1 ? { overSquare: 0.5 } : {}),
    code: { id: 2, delta },
  };
}

/** a ln(a / b), 0 for a = 0. */
function relative(a: number, b: number): number {
  return a === 0 ? 0 : a * Math.log(a / b);
}

/** a ln(a / m) with m half way to b, 0 for a = 0. Half of the least float would be 0, and no quotient. */
function relativeToMean(a: number, b: number): number {
  return a === 0 ? 0 : a * Math.log((2 * a) / (a + b));
}

/** The element's share of the Jensen-Shannon divergence in nats. Lin 1991. */
export const jensenShannon: Pair = {
  value: (p, g) => (relativeToMean(g, p) + relativeToMean(p, g)) / 2,
  // At p = 0 the slope of an absent class tends to ln(2) / 2.
  slope: (p, g) => (g === 0 ? Math.LN2 : Math.log((2 * p) / (p + g))) / 2,
  overP: Math.LN2 / 2,
  code: { id: 3, delta: 0 },
};

/** p ln(p / g) with ln g not below a floor; 0 for p = 0. */
export function reverseKl(floor: number): Pair {
  const logOf = (g: number): number => Math.max(Math.log(g), floor);
  return {
    value: (p, g) => (p === 0 ? 0 : p * (Math.log(p) - logOf(g))),
    slope: (p, g) => Math.log(p) + 1 - logOf(g),
  };
}

/** The same of p and g and of 1 - p and 1 - g. */
export function bothSides(pair: Pair): Pair {
  return {
    value: (p, g) => pair.value(p, g) + pair.value(1 - p, 1 - g),
    slope: (p, g) => pair.slope(p, g) - pair.slope(1 - p, 1 - g),
  };
}

/** Adds the losses of each channel: where the target is at most 1/2, and where it is above, two per channel. */
export function sumPairs(
  p: Reals,
  labels: Int32Array,
  targets: Reals | null,
  pair: Pair,
  sums: Float64Array,
  channels: number,
  stride: number,
  count: number,
): void {
  for (let c = 0; c < channels; c++) {
    const row = c * stride;
    let inside = 0;
    let outside = 0;
    for (let i = 0; i < count; i++) {
      if (labels[i] < 0) continue;
      const g = targets === null ? (labels[i] === c ? 1 : 0) : targets[row + i];
      const value = pair.value(p[row + i], g);
      if (g > 0.5) inside += value;
      else outside += value;
    }
    sums[2 * c] += outside;
    sums[2 * c + 1] += inside;
  }
}

/** The second of those sums alone, of class ids: the loss of every pixel's p in the channel of its class. */
export function sumOwnPairs(
  p: Reals,
  labels: Int32Array,
  pair: Pair,
  sums: Float64Array,
  stride: number,
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    const y = labels[i];
    if (y >= 0) sums[2 * y + 1] += pair.value(p[y * stride + i], 1);
  }
}

/** Adds factors[c] times the slope of every element: dL/dp. */
export function pairGradient(
  p: Reals,
  labels: Int32Array,
  targets: Reals | null,
  pair: Pair,
  factors: Float64Array,
  gradient: Reals,
  channels: number,
  stride: number,
  count: number,
): void {
  for (let c = 0; c < channels; c++) {
    const row = c * stride;
    for (let i = 0; i < count; i++) {
      if (labels[i] < 0) continue;
      const g = targets === null ? (labels[i] === c ? 1 : 0) : targets[row + i];
      gradient[row + i] += factors[c] * pair.slope(p[row + i], g);
    }
  }
}

/** Sum of t ln t over the elements of a channel that are not ignored, with `sides` 2 of (1 - t) ln(1 - t) besides. */
export function sumLogTargets(targets: Reals, labels: Labels, offset: number, sides: 1 | 2): number {
  let sum = 0;
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] < 0) continue;
    const t = targets[offset + i];
    sum += relative(t, 1) + (sides === 2 ? relative(1 - t, 1) : 0);
  }
  return sum;
}

/**
 * Adds the squares and the sizes of the differences between a tile and an image (channels x pixels) to the first two columns, and their number to the
 * third; the tile is rounded to float32 as the image is.
 */
export function sumChanges(
  x: Reals,
  image: Float32Array,
  start: number,
  labels: Int32Array,
  sums: Float64Array,
  channels: number,
  stride: number,
  count: number,
): void {
  const pixels = image.length / channels;
  for (let c = 0; c < channels; c++) {
    for (let i = 0; i < count; i++) {
      if (labels[i] < 0) continue;
      const d = Math.fround(x[c * stride + i]) - image[c * pixels + start + i];
      sums[0] += d * d;
      sums[1] += Math.abs(d);
      sums[2]++;
    }
  }
}
