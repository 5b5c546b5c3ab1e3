import type { Labels, Reals } from './reals.ts';

// The soft skeleton of Shit et al. 2021, arXiv 2003.07311 (algorithm 1): erosion is the least of a cross of neighbours,
// dilation the largest of a square or cube. Ties go as in torch: the first of a window wins, axes that tie share.

/** What is kept of a skeleton to go back through it. */
export interface SkeletonTape {
  /** The picture and its erosions, one more than there are layers. */
  readonly eroded: readonly Float64Array[];
  /** What an opening takes away, per layer, and the skeleton before the layer was added. */
  readonly removed: readonly Float64Array[];
  readonly before: readonly Float64Array[];
}

/** Soft skeleton of one channel after so many erosions. */
export function softSkeleton(picture: Float64Array, spatial: readonly number[], iterations: number): Float64Array {
  const size = picture.length;
  let image = picture;
  let smaller: Float64Array = new Float64Array(size);
  const [opened, scratch] = [new Float64Array(size), new Float64Array(size)];
  const skeleton = new Float64Array(size);
  for (let layer = 0; layer <= iterations; layer++) {
    erode(image, spatial, smaller, scratch);
    dilate(smaller, spatial, opened, scratch);
    grow(skeleton, image, opened, skeleton);
    [image, smaller] = [smaller, image === picture ? new Float64Array(size) : image];
  }
  return skeleton;
}

/** The same, with everything that is needed to go back. */
export function tapedSkeleton(picture: Float64Array, spatial: readonly number[], iterations: number): SkeletonTape {
  const size = picture.length;
  const scratch = new Float64Array(size);
  const eroded = [picture];
  const removed: Float64Array[] = [];
  const before: Float64Array[] = [];
  let skeleton = new Float64Array(size);
  for (let layer = 0; layer <= iterations; layer++) {
    const [smaller, delta, next] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
    erode(eroded[layer], spatial, smaller, scratch);
    dilate(smaller, spatial, delta, scratch);
    grow(skeleton, eroded[layer], delta, next);
    eroded.push(smaller);
    removed.push(delta);
    before.push(skeleton);
    skeleton = next;
  }
  return { eroded, removed, before };
}

/** Adds what an opening takes away to a skeleton; the opened picture becomes just that. */
function grow(skeleton: Float64Array, image: Float64Array, opened: Float64Array, out: Float64Array): void {
  for (let i = 0; i < out.length; i++) {
    const delta = Math.max(image[i] - opened[i], 0);
    opened[i] = delta;
    out[i] = skeleton[i] + Math.max(delta - skeleton[i] * delta, 0);
  }
}

/** Gradient at the picture from the gradient at its skeleton. */
export function softSkeletonBackward(
  tape: SkeletonTape,
  spatial: readonly number[],
  slope: Float64Array,
): Float64Array {
  const { eroded, removed, before } = tape;
  const size = slope.length;
  let atSkeleton = slope.slice();
  let atSmaller = new Float64Array(size);
  for (let layer = removed.length - 1; layer >= 0; layer--) {
    const [delta, skeleton] = [removed[layer], before[layer]];
    const atImage = new Float64Array(size);
    const atOpened = new Float64Array(size);
    const earlier = new Float64Array(size);
    for (let i = 0; i < size; i++) {
      const adds = delta[i] - skeleton[i] * delta[i] > 0;
      earlier[i] = atSkeleton[i] - (adds ? atSkeleton[i] * delta[i] : 0);
      if (!adds || delta[i] <= 0) continue;
      atImage[i] = atSkeleton[i] * (1 - skeleton[i]);
      atOpened[i] = -atImage[i];
    }
    dilateBackward(eroded[layer + 1], spatial, atOpened, atSmaller);
    erodeBackward(eroded[layer], spatial, atSmaller, atImage);
    atSmaller = atImage;
    atSkeleton = earlier;
  }
  return atSmaller;
}

/** Depth, height and width; a picture is one slice. */
function extents(spatial: readonly number[]): [number, number, number] {
  const [w = 1, h = 1, d = 1] = [...spatial].reverse();
  return [d, h, w];
}

/** Where the least value of a pixel and its neighbours along one axis stands; the first of equals, a NaN before all. */
function leastAlong(image: Float64Array, i: number, at: number, length: number, step: number): number {
  let best = at > 0 ? i - step : i;
  for (let k = best + step; k <= (at + 1 < length ? i + step : i); k += step) {
    if (image[k] < image[best] || Number.isNaN(image[k])) best = k;
  }
  return best;
}

/** The least of every pixel and its two neighbours along an axis; with `sign` -1 the largest. NaN spreads. */
function extremeAlong(
  image: Float64Array,
  [length, step]: readonly [number, number],
  sign: 1 | -1,
  out: Float64Array,
): void {
  for (let base = 0; base < image.length; base += step * length) {
    for (let at = 0; at < length; at++) {
      const before = at > 0 ? step : 0;
      const after = at + 1 < length ? step : 0;
      for (let i = base + at * step, end = i + step; i < end; i++) {
        out[i] = sign * Math.min(sign * image[i - before], sign * image[i], sign * image[i + after]);
      }
    }
  }
}

/** Length and step of the axes of a picture or volume. */
function axesOf(spatial: readonly number[]): [number, number][] {
  const [d, h, w] = extents(spatial);
  const plane: [number, number][] = [
    [h, w],
    [w, 1],
  ];
  return spatial.length > 2 ? [[d, w * h], ...plane] : plane;
}

function erode(image: Float64Array, spatial: readonly number[], out: Float64Array, scratch: Float64Array): void {
  const [first = [1, 1], ...rest] = axesOf(spatial);
  extremeAlong(image, first, 1, out);
  for (const axis of rest) {
    extremeAlong(image, axis, 1, scratch);
    for (let i = 0; i < out.length; i++) out[i] = Math.min(out[i], scratch[i]);
  }
}

function dilate(image: Float64Array, spatial: readonly number[], out: Float64Array, scratch: Float64Array): void {
  let from = image;
  const axes = axesOf(spatial);
  for (const [k, axis] of axes.entries()) {
    // The last pass ends in `out`.
    const to = (axes.length - k) % 2 === 1 ? out : scratch;
    extremeAlong(from, axis, -1, to);
    from = to;
  }
}

/** Adds to `into` what flows back through an erosion. */
function erodeBackward(image: Float64Array, spatial: readonly number[], slope: Float64Array, into: Float64Array): void {
  const [d, h, w] = extents(spatial);
  for (let i = 0; i < image.length; i++) {
    if (slope[i] === 0) continue;
    const [x, y, z] = [i % w, Math.floor(i / w) % h, Math.floor(i / (w * h))];
    const across = leastAlong(image, i, x, w, 1);
    // Axes in the order of the array: [D,] H, W; the first two are compared first.
    if (spatial.length <= 2) {
      share(image, leastAlong(image, i, y, h, w), across, slope[i], into);
      continue;
    }
    const [front, down] = [leastAlong(image, i, z, d, w * h), leastAlong(image, i, y, h, w)];
    const two = Math.min(image[front], image[down]);
    const part = two < image[across] ? 1 : two === image[across] ? 0.5 : 0;
    share(image, front, down, slope[i] * part, into);
    into[across] += slope[i] * (1 - part);
  }
}

/** The lesser of two places gets the slope, equal ones half each. */
function share(image: Float64Array, a: number, b: number, slope: number, into: Float64Array): void {
  const part = image[a] < image[b] ? 1 : image[a] === image[b] ? 0.5 : 0;
  into[a] += slope * part;
  into[b] += slope * (1 - part);
}

/** Where the largest value of the square or cube around a pixel stands; the first of equals. */
function largestAround(image: Float64Array, i: number, d: number, h: number, w: number): number {
  const [x, y, z] = [i % w, Math.floor(i / w) % h, Math.floor(i / (w * h))];
  let best = -1;
  for (let k = Math.max(z - 1, 0); k <= Math.min(z + 1, d - 1); k++) {
    for (let j = Math.max(y - 1, 0); j <= Math.min(y + 1, h - 1); j++) {
      for (let l = Math.max(x - 1, 0); l <= Math.min(x + 1, w - 1); l++) {
        const at = (k * h + j) * w + l;
        if (best < 0 || image[at] > image[best] || Number.isNaN(image[at])) best = at;
      }
    }
  }
  return best;
}

/** Adds to `into` what flows back through a dilation. */
function dilateBackward(
  image: Float64Array,
  spatial: readonly number[],
  slope: Float64Array,
  into: Float64Array,
): void {
  const [d, h, w] = extents(spatial);
  for (let i = 0; i < image.length; i++) {
    if (slope[i] !== 0) into[largestAround(image, i, d, h, w)] += slope[i];
  }
}

/** One channel of a picture, 0 on the ignored pixels; of `labels` alone, whether they name the channel. */
export function maskedChannel(values: Reals | null, labels: Labels, channel: number, out: Float64Array): void {
  const row = channel * labels.length;
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] < 0) out[i] = 0;
    else out[i] = values === null ? (labels[i] === channel ? 1 : 0) : values[row + i];
  }
}

/** sum a b. */
export function product(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** out = a x + b y at the pixels that are not ignored, 0 elsewhere. */
export function blend(
  a: number,
  x: Float64Array,
  b: number,
  y: Float64Array | null,
  labels: Labels,
  out: Float64Array,
): void {
  for (let i = 0; i < out.length; i++) out[i] = labels[i] < 0 ? 0 : a * x[i] + (y === null ? b : b * y[i]);
}
