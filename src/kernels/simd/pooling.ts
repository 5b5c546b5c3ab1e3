import * as scalar from '../scalar/pooling.ts';
import type { Reals } from '../scalar/reals.ts';
import { engineOf } from './engine.ts';

// Singles must be finite, and their arrays hold `slack` values more than the picture, which are left out of `length`.

/** Values that vectors may reach beyond the end of a picture. */
export const slack = 4;

/** Singles of scratch that a picture needs: lines of a row and what stands at its ends. */
export function poolingScratch(spatial: readonly number[]): number {
  const [, , width] = scalar.extents(spatial);
  return 37 * (width + 12) + 8;
}

export function erode(image: Reals, spatial: readonly number[], out: Reals, scratch: Reals): void {
  const engine = engineOf(image, out);
  if (engine === undefined) {
    scalar.erode(image, spatial, out, scratch);
    return;
  }
  const lines = engine.row(poolingScratch(spatial)).byteOffset;
  engine.run.erode(image.byteOffset, out.byteOffset, ...scalar.extents(spatial), lines);
}

export function dilate(image: Reals, spatial: readonly number[], out: Reals, scratch: Reals): void {
  const engine = engineOf(image, out);
  if (engine === undefined) {
    scalar.dilate(image, spatial, out, scratch);
    return;
  }
  const lines = engine.row(poolingScratch(spatial)).byteOffset;
  engine.run.dilate(image.byteOffset, out.byteOffset, ...scalar.extents(spatial), lines);
}

export function grow(skeleton: Reals, image: Reals, opened: Reals, out: Reals): void {
  const engine = engineOf(skeleton, image, opened, out);
  if (engine === undefined) {
    scalar.grow(skeleton, image, opened, out);
    return;
  }
  engine.run.grow(skeleton.byteOffset, image.byteOffset, opened.byteOffset, out.byteOffset, out.length);
}

export function growBackward(skeleton: Reals, image: Reals, opened: Reals, atSkeleton: Reals, atImage: Reals): void {
  const engine = engineOf(skeleton, image, opened, atSkeleton, atImage);
  if (engine === undefined) {
    scalar.growBackward(skeleton, image, opened, atSkeleton, atImage);
    return;
  }
  const places = [skeleton, image, opened, atSkeleton, atImage].map(({ byteOffset }) => byteOffset);
  engine.run.growBackward(...places, atImage.length);
}

export function erodeBackward(image: Reals, spatial: readonly number[], slope: Reals, into: Reals): void {
  const engine = engineOf(image, slope, into);
  if (engine === undefined) {
    scalar.erodeBackward(image, spatial, slope, into);
    return;
  }
  const lines = engine.row(poolingScratch(spatial)).byteOffset;
  const places = [image, slope, into].map(({ byteOffset }) => byteOffset);
  engine.run.erodeBackward(...places, ...scalar.extents(spatial), Number(spatial.length > 2), lines);
}

export function dilateBackward(image: Reals, spatial: readonly number[], slope: Reals, into: Reals): void {
  const engine = engineOf(image, slope, into);
  if (engine === undefined) {
    scalar.dilateBackward(image, spatial, slope, into);
    return;
  }
  const lines = engine.row(poolingScratch(spatial)).byteOffset;
  const places = [image, slope, into].map(({ byteOffset }) => byteOffset);
  engine.run.dilateBackward(...places, ...scalar.extents(spatial), lines);
}
