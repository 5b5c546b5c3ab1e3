import type { Reals } from './reals.ts';

// The windows of soft skeletons, Shit et al. 2021, arXiv 2003.07311 (algorithm 1): erosion is the least of a cross of neighbours,
// dilation the largest of a square or cube. Ties go as in torch: the first of a window wins, axes that tie share.

/** Depth, height and width; a picture is one slice. */
export function extents(spatial: readonly number[]): [number, number, number] {
  const [w = 1, h = 1, d = 1] = [...spatial].reverse();
  return [d, h, w];
}

/** Where the least value of a pixel and its neighbours along one axis stands; the first of equals, a NaN before all. */
function leastAlong(image: Reals, i: number, at: number, length: number, step: number): number {
  let best = at > 0 ? i - step : i;
  for (let k = best + step; k <= (at + 1 < length ? i + step : i); k += step) {
    if (image[k] < image[best] || Number.isNaN(image[k])) best = k;
  }
  return best;
}

/** The least of every pixel and its two neighbours along an axis; with `sign` -1 the largest. NaN spreads. */
function extremeAlong(image: Reals, [length, step]: readonly [number, number], sign: 1 | -1, out: Reals): void {
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

/** The least of every pixel and its neighbours along each axis. */
export function erode(image: Reals, spatial: readonly number[], out: Reals, scratch: Reals): void {
  const [first = [1, 1], ...rest] = axesOf(spatial);
  extremeAlong(image, first, 1, out);
  for (const axis of rest) {
    extremeAlong(image, axis, 1, scratch);
    for (let i = 0; i < out.length; i++) out[i] = Math.min(out[i], scratch[i]);
  }
}

/** The largest value of the square or cube around every pixel. */
export function dilate(image: Reals, spatial: readonly number[], out: Reals, scratch: Reals): void {
  let from = image;
  const axes = axesOf(spatial);
  for (const [k, axis] of axes.entries()) {
    // The last pass ends in `out`.
    const to = (axes.length - k) % 2 === 1 ? out : scratch;
    extremeAlong(from, axis, -1, to);
    from = to;
  }
}

/** Adds to a skeleton what an opening takes away of an image. */
export function grow(skeleton: Reals, image: Reals, opened: Reals, out: Reals): void {
  for (let i = 0; i < out.length; i++) {
    const delta = Math.max(image[i] - opened[i], 0);
    out[i] = skeleton[i] + Math.max(delta - skeleton[i] * delta, 0);
  }
}

/** Back through `grow`: the slopes at the opened image take its place, those at the skeleton before take those at the one after. */
export function growBackward(skeleton: Reals, image: Reals, opened: Reals, atSkeleton: Reals, atImage: Reals): void {
  for (let i = 0; i < atImage.length; i++) {
    const delta = Math.max(image[i] - opened[i], 0);
    const at = delta - skeleton[i] * delta > 0 ? atSkeleton[i] : 0;
    atImage[i] = at * (1 - skeleton[i]);
    opened[i] = -atImage[i];
    atSkeleton[i] -= at * delta;
  }
}

/** Adds to `into` what flows back through an erosion. */
export function erodeBackward(image: Reals, spatial: readonly number[], slope: Reals, into: Reals): void {
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
function share(image: Reals, a: number, b: number, slope: number, into: Reals): void {
  const part = image[a] < image[b] ? 1 : image[a] === image[b] ? 0.5 : 0;
  into[a] += slope * part;
  into[b] += slope * (1 - part);
}

/** Where the largest value of the square or cube around a pixel stands; the first of equals. */
function largestAround(image: Reals, i: number, d: number, h: number, w: number): number {
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
export function dilateBackward(image: Reals, spatial: readonly number[], slope: Reals, into: Reals): void {
  const [d, h, w] = extents(spatial);
  for (let i = 0; i < image.length; i++) {
    if (slope[i] !== 0) into[largestAround(image, i, d, h, w)] += slope[i];
  }
}
