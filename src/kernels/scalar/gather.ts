import { isStored, type Numbers, type Stored } from './stored.ts';
import { gatherStored } from './window.ts';

/** Where the pixels of one plane (one image, one channel) lie in a strided array. */
export interface Plane {
  readonly data: ArrayLike<number> | Stored;
  readonly base: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  /** The planes that it is one of. A file is read for all of them at once. */
  readonly among?: Planes;
}

/** Planes that lie near each other: those of an image, and of all images where these are interleaved. */
export interface Planes {
  /** Where the first begins. */
  readonly first: number;
  /** How many there are and how far apart, the last axis fastest. */
  readonly axes: readonly { readonly length: number; readonly stride: number }[];
  /** Which of them, counted along the axes, is the one that was asked for. */
  readonly at: number;
}

/** The one step between neighbouring pixels when the spatial axes collapse into a line; 0 when they do not. */
export function lineStride(shape: readonly number[], strides: readonly number[]): number {
  let stride = 1;
  let reach = Number.NaN;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] === 1) continue;
    if (Number.isNaN(reach)) stride = strides[axis];
    else if (strides[axis] !== reach) return 0;
    reach = strides[axis] * shape[axis];
  }
  return stride;
}

/** As many numbers are worth a read of their own; shorter runs are taken from what a longer read left. */
const ownRead = 2048;

/** Copies pixels [start, start + count) of a plane, in row-major order, to `out` from `at` on. */
export function gather(plane: Plane, start: number, count: number, out: Numbers, at: number): void {
  const { data, base, shape, strides } = plane;
  const line = lineStride(shape, strides);
  if (isStored(data)) {
    if (line === 1 && count >= ownRead && data.fits(out)) data.read(base + start, count, out, at);
    else gatherStored(data, plane, start, count, out, at);
    return;
  }
  if (line === 1 && ArrayBuffer.isView(data)) {
    out.set((data as unknown as Float64Array).subarray(base + start, base + start + count), at);
    return;
  }
  if (line !== 0) {
    for (let i = 0, from = base + start * line; i < count; i++, from += line) out[at + i] = data[from];
    return;
  }
  const last = shape.length - 1;
  const width = shape[last];
  const step = strides[last];
  for (let done = 0; done < count; ) {
    const pixel = start + done;
    let rest = Math.floor(pixel / width);
    const column = pixel - rest * width;
    let from = base + column * step;
    for (let axis = last - 1; axis >= 0; axis--) {
      const length = shape[axis];
      const above = Math.floor(rest / length);
      from += (rest - above * length) * strides[axis];
      rest = above;
    }
    const run = Math.min(width - column, count - done);
    for (let i = 0; i < run; i++, from += step) out[at + done + i] = data[from];
    done += run;
  }
}
