import type { Reals } from './reals.ts';

/** out += factor * x for every value of a tile. */
export function addScaled(x: Reals, factor: number, out: Reals, channels: number, stride: number, count: number): void {
  for (let c = 0; c < channels; c++) {
    for (let j = c * stride, end = j + count; j < end; j++) out[j] += factor * x[j];
  }
}

/** Adds the scalar products of the gradients of the terms of a sum, two by two, to a square table. */
export function addProducts(
  gradients: readonly Reals[],
  products: Float64Array,
  channels: number,
  stride: number,
  count: number,
): void {
  const terms = gradients.length;
  for (let a = 0; a < terms; a++) {
    for (let b = 0; b <= a; b++) {
      const [x, y] = [gradients[a], gradients[b]];
      let sum = 0;
      for (let c = 0; c < channels; c++) {
        for (let j = c * stride, end = j + count; j < end; j++) sum += x[j] * y[j];
      }
      products[a * terms + b] += sum;
      if (a !== b) products[b * terms + a] += sum;
    }
  }
}
