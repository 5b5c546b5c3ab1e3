import { gather, type Plane } from './gather.ts';
import type { Numbers } from './stored.ts';

/**
 * Copies the values of a plane that stand `offset` away from the pixels [start, start + count); beyond the border, the value of
 * the nearest pixel.
 */
export function gatherShifted(
  plane: Plane,
  offset: readonly number[],
  start: number,
  count: number,
  out: Numbers,
  at: number,
): void {
  const { shape } = plane;
  const last = shape.length - 1;
  const width = shape[last];
  const within = (x: number, length: number): number => Math.max(0, Math.min(length - 1, x));
  for (let done = 0; done < count; ) {
    let rest = Math.floor((start + done) / width);
    const column = start + done - rest * width;
    let row = 0;
    let size = width;
    for (let axis = last - 1; axis >= 0; axis--) {
      const length = shape[axis];
      const above = Math.floor(rest / length);
      row += within(rest - above * length + offset[axis], length) * size;
      size *= length;
      rest = above;
    }
    const run = Math.min(width - column, count - done);
    const from = within(column + offset[last], width);
    const to = within(column + run - 1 + offset[last], width);
    // The columns that exist, after the first repeated and before the last repeated.
    const before = Math.min(run - 1, Math.max(0, from - column - offset[last]));
    gather(plane, row + from, to - from + 1, out, at + done + before);
    out.fill(out[at + done + before], at + done, at + done + before);
    out.fill(out[at + done + before + to - from], at + done + before + to - from + 1, at + done + run);
    done += run;
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
