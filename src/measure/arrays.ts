import type { Reals, StoredArray } from '../core/index.ts';
import { gather, gatherInterleaved, type Plane } from '../kernels/index.ts';

/** A stored array read as images x channels x space, whatever the order of its axes on disk. */
export interface Stack {
  readonly array: StoredArray;
  /** Where the first image begins. */
  readonly first: number;
  readonly images: number;
  readonly channels: number;
  readonly imageStride: number;
  readonly channelStride: number;
  readonly spatial: readonly number[];
  readonly spatialStrides: readonly number[];
}

/** Reads the axes of an array by a layout such as `NCHW`: N images, C channels, D/H/W space; absent N and C have length 1. */
export function stack(array: StoredArray, layout: string): Stack {
  const at = (letter: string): number => layout.indexOf(letter);
  const length = (axis: number): number => (axis < 0 ? 1 : (array.shape[axis] ?? 1));
  const stride = (axis: number): number => (axis < 0 ? 0 : (array.strides[axis] ?? 0));
  const space = [...layout].map((letter, axis) => ({ letter, axis })).filter(({ letter }) => 'DHW'.includes(letter));
  return {
    array,
    first: array.offset,
    images: length(at('N')),
    channels: length(at('C')),
    imageStride: stride(at('N')),
    channelStride: stride(at('C')),
    spatial: space.map(({ axis }) => length(axis)),
    spatialStrides: space.map(({ axis }) => stride(axis)),
  };
}

/** One image as a stack of its own. */
export function imageOf(it: Stack, image: number): Stack {
  return { ...it, first: it.first + image * it.imageStride, images: 1 };
}

/** One channel of one image. */
export function plane(it: Stack, image: number, channel: number): Plane {
  const first = it.first + image * it.imageStride;
  return {
    data: it.array.data,
    base: first + channel * it.channelStride,
    shape: it.spatial,
    strides: it.spatialStrides,
    among: { first, channels: it.channels, stride: it.channelStride },
  };
}

/** Copies a run of pixels of an image, channel c of pixel i to `c * stride + i`. */
export function gatherTile(it: Stack, image: number, start: number, count: number, out: Reals, stride: number): void {
  if (gatherInterleaved(plane(it, image, 0), start, count, out, stride)) return;
  for (let c = 0; c < it.channels; c++) gather(plane(it, image, c), start, count, out, c * stride);
}
