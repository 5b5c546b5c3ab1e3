import { constant, exp4, missed4, power4 } from './math';

// How a surprise becomes a loss. The numbers are those of `curveCode` on the other side of the fence.
export const LOG = 0;
export const FOCAL = 1;
export const HINGE = 2;
export const EXPONENTIAL = 3;
export const POLY = 4;

// Losses of a probability and its target; 3 is Jensen-Shannon.
export const SQUARE = 0;
export const ABSOLUTE = 1;
export const HUBER = 2;

/**
 * Loss of an element from its surprise u and the surprise w of the other side, of which 1 - p = e^-w. `low` and `high` clip u for
 * the logarithm; `a` is gamma, margin or epsilon, `b` the power of a hinge.
 */
@inline
export function lossOfPair(code: i32, u: v128, w: v128, low: f32, high: f32, a: f32, b: f32): v128 {
  if (code == LOG) return f32x4.pmax(f32x4.pmin(u, constant(high)), constant(low));
  if (code == HINGE) {
    const over = f32x4.pmax(f32x4.add(constant(a), f32x4.sub(u, w)), constant(0));
    return b == 2 ? f32x4.mul(over, over) : over;
  }
  if (code == EXPONENTIAL) return exp4(f32x4.sub(u, w));
  const missed = exp4(f32x4.neg(w));
  if (code == POLY) return f32x4.add(u, f32x4.mul(constant(a), missed));
  return focalOf(missed, u, high, a);
}

/** Loss of a pixel from the surprise of its class alone. */
@inline
export function lossOf(code: i32, u: v128, low: f32, high: f32, a: f32): v128 {
  if (code == LOG) return f32x4.pmax(f32x4.pmin(u, constant(high)), constant(low));
  const missed = missed4(u);
  if (code == POLY) return f32x4.add(u, f32x4.mul(constant(a), missed));
  return focalOf(missed, u, high, a);
}

@inline
function focalOf(missed: v128, u: v128, high: f32, gamma: f32): v128 {
  const v = f32x4.pmin(u, constant(high));
  // Nothing times infinity is nothing here.
  return v128.and(f32x4.mul(power4(missed, gamma), v), f32x4.ne(v, constant(0)));
}

/**
 * Slope by u of the same, times 1 - p: what a sigmoid's score feels of the side. For the logarithm 0 where clipping holds.
 */
@inline
export function slopeOfPair(
  code: i32,
  u: v128,
  w: v128,
  p: v128,
  missed: v128,
  low: f32,
  high: f32,
  a: f32,
  b: f32,
): v128 {
  if (code == LOG) {
    const clipped = v128.or(f32x4.lt(u, constant(low)), f32x4.gt(u, constant(high)));
    return v128.andnot(f32x4.add(missed, v128.and(u, f32x4.ne(u, u))), clipped);
  }
  if (code == HINGE) {
    const over = f32x4.add(constant(a), f32x4.sub(u, w));
    const slope = b == 2 ? f32x4.mul(constant(2), over) : constant(1);
    return v128.andnot(f32x4.add(slope, v128.and(over, f32x4.ne(over, over))), f32x4.le(over, constant(0)));
  }
  if (code == EXPONENTIAL) return exp4(f32x4.sub(u, w));
  if (code == POLY) return f32x4.mul(missed, f32x4.add(constant(1), f32x4.mul(constant(a), p)));
  // (1 - p)^gamma + gamma p (1 - p)^(gamma - 1) u, the first term only while the floor does not hold.
  const v = f32x4.pmin(u, constant(high));
  const whole = power4(missed, a);
  const bare = v128.andnot(f32x4.mul(whole, missed), f32x4.gt(u, constant(high)));
  const tail = f32x4.mul(f32x4.mul(constant(a), whole), f32x4.mul(p, v));
  return f32x4.add(bare, v128.and(tail, f32x4.ne(p, constant(0))));
}

/** Slope by u of the loss of a pixel. */
@inline
export function slopeOf(code: i32, u: v128, low: f32, high: f32, a: f32): v128 {
  const p = exp4(f32x4.neg(u));
  const missed = missed4(u);
  if (code == LOG) {
    const clipped = v128.or(f32x4.lt(u, constant(low)), f32x4.gt(u, constant(high)));
    return v128.andnot(f32x4.add(constant(1), v128.and(u, f32x4.ne(u, u))), clipped);
  }
  if (code == POLY) return f32x4.add(constant(1), f32x4.mul(constant(a), p));
  const v = f32x4.pmin(u, constant(high));
  const bare = v128.andnot(power4(missed, a), f32x4.gt(u, constant(high)));
  const tail = f32x4.mul(f32x4.mul(constant(a), power4(missed, a - 1)), f32x4.mul(p, v));
  return f32x4.add(bare, v128.and(tail, f32x4.ne(p, constant(0))));
}
