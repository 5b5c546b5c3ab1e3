import * as affineScalar from '../scalar/affine.ts';
import type { Reals } from '../scalar/reals.ts';
import * as scalar from '../scalar/terms.ts';
import { engineOf } from './engine.ts';

/** out = scale * x + shift: see the scalar kernel. */
export function affine(
  x: Reals,
  scale: number,
  shift: number,
  out: Reals,
  channels: number,
  stride: number,
  count: number,
): void {
  const engine = engineOf(x, out);
  if (engine === undefined) affineScalar.affine(x, scale, shift, out, channels, stride, count);
  else engine.run.affine(x.byteOffset, scale, shift, out.byteOffset, channels, stride, count);
}

/** out = x + y: see the scalar kernel. */
export function add(x: Reals, y: Reals, out: Reals, channels: number, stride: number, count: number): void {
  const engine = engineOf(x, y, out);
  if (engine === undefined) affineScalar.add(x, y, out, channels, stride, count);
  else engine.run.add(x.byteOffset, y.byteOffset, out.byteOffset, channels, stride, count);
}

/** out += factor * x: see the scalar kernel. */
export function addScaled(x: Reals, factor: number, out: Reals, channels: number, stride: number, count: number): void {
  const engine = engineOf(x, out);
  if (engine === undefined) scalar.addScaled(x, factor, out, channels, stride, count);
  else engine.run.addScaled(x.byteOffset, factor, out.byteOffset, channels, stride, count);
}

/** Scalar products of the gradients of the terms of a sum: see the scalar kernel. */
export function addProducts(
  gradients: readonly Reals[],
  products: Float64Array,
  channels: number,
  stride: number,
  count: number,
): void {
  const [first = null, ...others] = gradients;
  const engine = engineOf(first, ...others);
  if (engine === undefined) {
    scalar.addProducts(gradients, products, channels, stride, count);
    return;
  }
  const terms = gradients.length;
  for (const [a, x] of gradients.entries()) {
    for (const [b, y] of gradients.slice(0, a + 1).entries()) {
      const own = engine.sums(1);
      engine.run.product(x.byteOffset, y.byteOffset, own.byteOffset, channels, stride, count);
      products[a * terms + b] += own[0];
      if (a !== b) products[b * terms + a] += own[0];
    }
  }
}
