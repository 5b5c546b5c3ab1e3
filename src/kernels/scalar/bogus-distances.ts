import type { Reals } from './reals.ts';

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
