import type { Labels, Reals } from './reals.ts';

/** One channel of a picture, 0 on the ignored pixels. */
export function keepValid(channel: Reals, labels: Labels, out: Reals): void {
  for (let i = 0; i < out.length; i++) out[i] = labels[i] < 0 ? 0 : channel[i];
}

/** 1 where the label names the channel, else 0. */
export function markMembers(labels: Labels, channel: number, out: Reals): void {
  for (let i = 0; i < out.length; i++) out[i] = labels[i] === channel ? 1 : 0;
}

/** sum x y, and sum x. */
export function sumCovered(x: Reals, y: Reals): { both: number; all: number } {
  let both = 0;
  let all = 0;
  for (let i = 0; i < x.length; i++) {
    both += x[i] * y[i];
    all += x[i];
  }
  return { both, all };
}

/** out = a x + b at the pixels that are not ignored, 0 elsewhere. */
export function blend(a: number, x: Reals, b: number, labels: Labels, out: Reals): void {
  for (let i = 0; i < out.length; i++) out[i] = labels[i] < 0 ? 0 : a * x[i] + b;
}

/** True where all numbers are the same. */
export function isConstant(x: Reals): boolean {
  for (let i = 1; i < x.length; i++) if (x[i] !== x[0]) return false;
  return true;
}

/** A picture that is 0 nearly everywhere: where it is not, and what it is there. */
export interface Sparse {
  readonly at: Int32Array;
  readonly values: Reals;
}

export function collect(x: Reals): Sparse {
  const at = Int32Array.from(x.keys()).filter((i) => x[i] !== 0);
  return { at, values: Float64Array.from(at, (i) => x[i]) };
}

/** sum x. */
export function sparseSum({ values }: Sparse): number {
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += values[k];
  return sum;
}

/** sum x y. */
export function sparseProduct({ at, values }: Sparse, y: Reals): number {
  let sum = 0;
  for (let k = 0; k < at.length; k++) sum += values[k] * y[at[k]];
  return sum;
}

/** out += factor x. */
export function addSparse({ at, values }: Sparse, factor: number, out: Reals): void {
  for (let k = 0; k < at.length; k++) out[at[k]] += factor * values[k];
}
