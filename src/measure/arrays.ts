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

/** True where the pixels of the images lie among each other, as in Fortran order: then a file is read for all images at once. */
export function isInterleaved({ images, imageStride, spatial, spatialStrides }: Stack): boolean {
  return (
    images > 1 && spatialStrides.some((stride, axis) => spatial[axis] !== 1 && Math.abs(stride) > Math.abs(imageStride))
  );
}

/** True where neighbouring pixels of a row lie farther apart in the file than those of a column: a window is large there. */
export function isScattered({ spatial, spatialStrides }: Stack): boolean {
  const across = Math.abs(spatialStrides.at(-1) ?? 0);
  return spatialStrides.some((stride, axis) => spatial[axis] !== 1 && Math.abs(stride) < across);
}

/** One channel of one image. */
export function plane(it: Stack, image: number, channel: number): Plane {
  const { images, channels, imageStride, channelStride } = it;
  const first = it.first + image * imageStride;
  const across = { length: channels, stride: channelStride };
  return {
    data: it.array.data,
    base: first + channel * channelStride,
    shape: it.spatial,
    strides: it.spatialStrides,
    among: isInterleaved(it)
      ? { first: it.first, axes: [{ length: images, stride: imageStride }, across], at: image * channels + channel }
      : { first, axes: [across], at: channel },
  };
}

/**
 * Where the parts that all images are cut into are: image after image, or, where images are interleaved, the first part of all
 * images, then the second. Of an image they come in their order either way.
 */
export function partAt(it: Stack, perImage: number, number: number): { readonly image: number; readonly part: number } {
  if (isInterleaved(it)) return { image: number % it.images, part: Math.floor(number / it.images) };
  return { image: Math.floor(number / perImage), part: number % perImage };
}

/** Copies a run of pixels of an image, channel c of pixel i to `c * stride + i`. */
export function gatherTile(it: Stack, image: number, start: number, count: number, out: Reals, stride: number): void {
  if (gatherInterleaved(plane(it, image, 0), start, count, out, stride)) return;
  for (let c = 0; c < it.channels; c++) gather(plane(it, image, c), start, count, out, c * stride);
}
