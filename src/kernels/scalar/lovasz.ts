import { fallingOrder } from './order.ts';
import type { Labels, Reals } from './reals.ts';

/**
 * The Lovasz extension of the Jaccard loss: errors sorted from large to small, dotted with the steps of the Jaccard loss
 * as pixels are added in that order. Berman et al. 2018, arXiv 1705.08790, algorithm 1. Ignored pixels, with a negative label, are left out.
 * Leaves the step of every error in `steps`, in the order of the errors, and returns sum max(error, least) * step.
 */
export function lovaszExtension(errors: Reals, truth: Reals, labels: Labels, least: number, steps: Reals): number {
  const order = fallingOrder(Float64Array.from(errors));
  let members = 0;
  for (let i = 0; i < truth.length; i++) if (labels[i] >= 0) members += truth[i];
  let hit = 0;
  let others = 0;
  let before = 0;
  let value = 0;
  steps.fill(0);
  for (let k = 0; k < order.length; k++) {
    const i = order[k];
    if (labels[i] < 0) continue;
    hit += truth[i];
    others += 1 - truth[i];
    const jaccard = 1 - (members - hit) / (members + others);
    steps[i] = jaccard - before;
    value += Math.max(errors[i], least) * (jaccard - before);
    before = jaccard;
  }
  return value;
}

/** errors = |g - p|. */
export function absoluteErrors(p: Reals, g: Reals, errors: Reals): void {
  for (let i = 0; i < p.length; i++) errors[i] = Math.abs(p[i] - g[i]);
}

/** errors = 1 - y z, y = 2 g - 1. */
export function hingeErrors(z: Reals, g: Reals, errors: Reals): void {
  for (let i = 0; i < z.length; i++) errors[i] = 1 - (2 * g[i] - 1) * z[i];
}

/** Steps times sign(p - g): the slopes of `absoluteErrors`. */
export function absoluteSlopes(p: Reals, g: Reals, steps: Reals): void {
  for (let i = 0; i < p.length; i++) steps[i] *= Math.sign(p[i] - g[i]);
}

/** Steps times the slopes of max(0, errors) of `hingeErrors`. */
export function hingeSlopes(errors: Reals, g: Reals, steps: Reals): void {
  for (let i = 0; i < errors.length; i++) steps[i] *= errors[i] > 0 ? 1 - 2 * g[i] : 0;
}

/** out = ln p - ln (1 - p). */
export function logit(p: Reals, out: Float64Array): void {
  for (let i = 0; i < p.length; i++) out[i] = Math.log(p[i]) - Math.log1p(-p[i]);
}
