import type { Reals } from './reals.ts';

/** 1 in the largest channel of every pixel (the lowest of equal ones), 0 in the others. */
export function argmax(x: Reals, out: Reals, channels: number, stride: number, count: number): void {
  for (let i = 0; i < count; i++) {
    let best = 0;
    for (let c = 1; c < channels; c++) if (x[c * stride + i] > x[best * stride + i]) best = c;
    for (let c = 0; c < channels; c++) out[c * stride + i] = c === best ? 1 : 0;
  }
}

/** 1 where a value is above 1/2, else 0. */
export function threshold(x: Reals, out: Reals, channels: number, stride: number, count: number): void {
  for (let c = 0; c < channels; c++) {
    for (let j = c * stride, end = j + count; j < end; j++) out[j] = x[j] > 0.5 ? 1 : 0;
  }
}
