import type { Reals } from './reals.ts';

/** out = scale * x + shift for every value of a tile; `out` may be `x`. */
export function affine(
  x: Reals,
  scale: number,
  shift: number,
  out: Reals,
  channels: number,
  stride: number,
  count: number,
): void {
  for (let c = 0; c < channels; c++) {
    for (let j = c * stride, end = j + count; j < end; j++) out[j] = scale * x[j] + shift;
  }
}

/** x = scale * x + shift in place, moved to the nearest integer where it is within 1e-3 of one (k / 255 times 255). */
export function affineWhole(x: Reals, scale: number, shift: number, count: number): void {
  for (let i = 0; i < count; i++) {
    const value = scale * x[i] + shift;
    const whole = Math.round(value);
    x[i] = Math.abs(value - whole) <= 1e-3 ? whole : value;
  }
}

/** out = x1 + x2 for every value of a tile; `out` may be either. */
export function add(x: Reals, y: Reals, out: Reals, channels: number, stride: number, count: number): void {
  for (let c = 0; c < channels; c++) {
    for (let j = c * stride, end = j + count; j < end; j++) out[j] = x[j] + y[j];
  }
}
