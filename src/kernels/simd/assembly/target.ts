import { constant } from './math';

/** Runs of so many bytes are added up in singles before they go to the doubles: 16 pixels, four per lane. */
export const run: usize = 64;

/** Target value of four pixels of a channel, from class ids or from stored values. */
@inline
export function targetOf(targets: usize, at: usize, labels: v128, channel: v128): v128 {
  return targets != 0 ? v128.load(targets + at) : v128.and(constant(1), i32x4.eq(labels, channel));
}

