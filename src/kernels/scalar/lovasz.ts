import { fallingOrder } from './order.ts';
import type { Labels, Reals } from './reals.ts';

/**
 * The Lovasz extension of the Jaccard loss: errors sorted from large to small, dotted with the steps of the Jaccard loss
 * as pixels are added in that order. Berman et al. 2018, arXiv 1705.08790, algorithm 1.
 * Leaves the step of every error in `steps`, in the order of the errors, and returns sum max(error, least) * step.
 */
export function lovaszExtension(errors: Float64Array, truth: Float64Array, least: number, steps: Float64Array): number {
  const order = fallingOrder(errors);
  let members = 0;
  for (let i = 0; i < truth.length; i++) members += truth[i];
  let hit = 0;
  let others = 0;
  let before = 0;
  let value = 0;
  for (let k = 0; k < order.length; k++) {
    const i = order[k];
    hit += truth[i];
    others += 1 - truth[i];
    const jaccard = 1 - (members - hit) / (members + others);
    steps[i] = jaccard - before;
    before = jaccard;
    value += Math.max(errors[i], least) * steps[i];
  }
  return value;
}

/** Values of one channel at the valid pixels, appended at `at`; returns where they end. `labels` alone: is the label the channel? */
export function gatherValid(
  values: Reals | null,
  labels: Labels,
  channel: number,
  out: Float64Array,
  at: number,
): number {
  const row = channel * labels.length;
  let end = at;
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] < 0) continue;
    out[end++] = values === null ? (labels[i] === channel ? 1 : 0) : values[row + i];
  }
  return end;
}

/** Puts values of the valid pixels, from `at` on, back in their places, times a factor; returns where they end. */
export function scatterValid(
  values: Float64Array,
  labels: Labels,
  channel: number,
  factor: number,
  out: Float64Array,
  at: number,
): number {
  const row = channel * labels.length;
  let end = at;
  for (let i = 0; i < labels.length; i++) if (labels[i] >= 0) out[row + i] = factor * values[end++];
  return end;
}

/** errors = |g - p|; slopes = sign(p - g). */
export function absoluteErrors(p: Float64Array, g: Float64Array, errors: Float64Array, slopes: Float64Array): void {
  for (let i = 0; i < p.length; i++) {
    const d = p[i] - g[i];
    errors[i] = Math.abs(d);
    slopes[i] = Math.sign(d);
  }
}

/** errors = 1 - y z, y = 2 g - 1; slopes of max(0, errors). */
export function hingeErrors(z: Float64Array, g: Float64Array, errors: Float64Array, slopes: Float64Array): void {
  for (let i = 0; i < z.length; i++) {
    const y = 2 * g[i] - 1;
    errors[i] = 1 - y * z[i];
    slopes[i] = errors[i] > 0 ? -y : 0;
  }
}

/** out = ln p - ln (1 - p). */
export function logit(p: Reals, out: Float64Array): void {
  for (let i = 0; i < p.length; i++) out[i] = Math.log(p[i]) - Math.log1p(-p[i]);
}
