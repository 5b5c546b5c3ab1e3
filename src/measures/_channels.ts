import type { Reals } from '../core/index.ts';
import { keepValid, markMembers } from '../kernels/index.ts';

/** The target of one channel, 0 on the ignored pixels; takes an array to work in. */
export function fillTarget(targets: Reals | null, labels: Int32Array, channel: number, out: Reals, spare: Reals): void {
  if (targets === null) markMembers(labels, channel, out);
  else fillChannel(targets.subarray(channel * out.length, (channel + 1) * out.length), labels, out, spare);
}

/** Values of one channel, 0 on the ignored pixels. */
export function fillChannel(values: Reals, labels: Int32Array, out: Reals, spare: Reals): void {
  spare.set(values);
  keepValid(spare, labels, out);
}
