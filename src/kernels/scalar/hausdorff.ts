import type { Labels, Reals } from './reals.ts';

/** Adds d^alpha to the weights of a channel, from squared distances; infinite ones (there is no other side) count as 0. */
export function addPower(squared: Reals, alpha: number, weights: Float64Array, at: number): void {
  for (let i = 0; i < squared.length; i++) {
    if (squared[i] !== Infinity) weights[at + i] += alpha === 2 ? squared[i] : squared[i] ** (alpha / 2);
  }
}

/**
 * What scipy.ndimage.distance_transform_edt gives, squared, for an array without a background: the distance to the pixel just
 * before the first along the first axis. `leading` says whether that is an axis of length 1 before the spatial ones.
 */
export function bogusDistances(shape: readonly number[], leading: boolean, out: Reals): void {
  for (let i = 0; i < out.length; i++) {
    let rest = i;
    let sum = leading ? 1 : 0;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const at = (rest % shape[axis]) + (axis === 0 && !leading ? 1 : 0);
      rest = Math.floor(rest / shape[axis]);
      sum += at * at;
    }
    out[i] = sum;
  }
}

/** Sum of (p - g)^2 w over the valid pixels of a channel; turns the weights into the slopes 2 (p - g) w. */
export function weighedErrors(
  p: Reals,
  labels: Labels,
  targets: Reals | null,
  weights: Float64Array,
  channel: number,
): number {
  const at = channel * labels.length;
  let sum = 0;
  for (let i = 0; i < labels.length; i++) {
    const w = weights[at + i];
    if (labels[i] < 0 || w === 0) {
      weights[at + i] = 0;
      continue;
    }
    const error = p[at + i] - (targets === null ? (labels[i] === channel ? 1 : 0) : targets[at + i]);
    sum += error * error * w;
    weights[at + i] = 2 * error * w;
  }
  return sum;
}
