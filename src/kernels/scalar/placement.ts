import type { Plane } from './gather.ts';
import type { Reals } from './reals.ts';

/**
 * Copies the values of a plane that stand `offset` away from the pixels [start, start + count); beyond the border, the value of
 * the nearest pixel.
 */
export function gatherShifted(
  { data, base, shape, strides }: Plane,
  offset: readonly number[],
  start: number,
  count: number,
  out: Reals,
  at: number,
): void {
  for (let i = 0; i < count; i++) {
    let rest = start + i;
    let from = base;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const length = shape[axis];
      const above = Math.floor(rest / length);
      const x = rest - above * length + offset[axis];
      from += Math.max(0, Math.min(length - 1, x)) * strides[axis];
      rest = above;
    }
    out[at + i] = data[from];
  }
}

/** Sets to -1 the labels of the pixels [start, start + count) whose place `offset` away lies outside the image. */
export function ignoreOutside(
  labels: Int32Array,
  shape: readonly number[],
  offset: readonly number[],
  start: number,
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    let rest = start + i;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const length = shape[axis];
      const above = Math.floor(rest / length);
      const x = rest - above * length + offset[axis];
      if (x < 0 || x >= length) labels[i] = -1;
      rest = above;
    }
  }
}

/** Class ids become other class ids; what is ignored or no class stays so. */
export function relabel(labels: Int32Array, classes: ArrayLike<number>, count: number): void {
  for (let i = 0; i < count; i++) if (labels[i] >= 0 && labels[i] < classes.length) labels[i] = classes[labels[i]];
}
