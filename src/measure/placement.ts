import type { Orientation, Placement } from '../core/index.ts';
import * as kernel from '../kernels/index.ts';
import { plane, type Stack } from './arrays.ts';

/** A stack laid down in another way; the data stay where they are. */
export function oriented(it: Stack, { axes, flips }: Orientation): Stack {
  const lengths = axes.map((axis) => it.spatial[axis] ?? 1);
  const strides = axes.map((axis) => it.spatialStrides[axis] ?? 0);
  const start = strides.reduce((sum, stride, k) => sum + (flips[k] ? stride * ((lengths[k] ?? 1) - 1) : 0), 0);
  return {
    ...it,
    first: it.first + start,
    spatial: lengths,
    spatialStrides: strides.map((stride, k) => (flips[k] ? -stride : stride)),
  };
}

/** Reads runs of a target from where a placement says that they stand. */
export function placed(target: Stack, { orientations, offset, images }: Placement) {
  const stacks = orientations?.map((orientation) => oriented(target, orientation)) ?? [target];
  const [first = target] = stacks;
  return {
    spatial: first.spatial,
    gather(image: number, channel: number, start: number, count: number, out: kernel.Numbers, at: number): void {
      const own = plane(stacks[image % stacks.length] ?? first, images?.[image] ?? image, channel);
      if (offset === undefined) kernel.gather(own, start, count, out, at);
      else kernel.gatherShifted(own, offset, start, count, out, at);
    },
  };
}
