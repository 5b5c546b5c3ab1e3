import { constant } from './math';

/** Runs of so many bytes are added up in singles before they go to the doubles: 16 pixels, four per lane. */
export const run: usize = 64;

/** Of sums that many kernels at once would have to be carried over to doubles: 64 pixels. */
export const longRun: usize = 256;

/** Target value of four pixels of a channel, from class ids or from stored values. */
@inline
export function targetOf(targets: usize, at: usize, labels: v128, channel: v128): v128 {
  return targets != 0 ? v128.load(targets + at) : v128.and(constant(1), i32x4.eq(labels, channel));
}


/** Lanes of pixels that are of the channel's class, or ignored: all but those of other classes. */
@inline
export function isOut(labels: v128, channel: v128): v128 {
  return v128.or(i32x4.eq(labels, channel), i32x4.lt_s(labels, i32x4.splat(0)));
}
