import { constant, countOf } from './math';

/** Numbers that `valueFacts` adds to, doubles: see the wrapper for their names. */
const MIN = 0;
const MAX = 8;
const OUTSIDE = 16;
const ZEROS = 24;
const INTEGERS = 32;
const HUGE = 40;
const ABOVE = 48;
const BELOW = 56;
const FINITE = 64;
const NANS = 72;
const POSITIVE = 80;
const NEGATIVE = 88;
const SUM = 96;
const SQUARE = 104;

@inline
function bump(at: usize, by: f64): void {
  store<f64>(at, load<f64>(at) + by);
}

/** See valueFacts of the scalar kernels. The values from `count` on up to a multiple of four may be anything. */
export function valueFacts(x: usize, count: i32, shift: f32, facts: usize, histogram: usize): void {
  let low = constant(Infinity);
  let high = constant(-Infinity);
  let finite = i32x4.splat(0);
  let outside = i32x4.splat(0);
  let zeros = i32x4.splat(0);
  let integers = i32x4.splat(0);
  let huge = i32x4.splat(0);
  let above = i32x4.splat(0);
  let below = i32x4.splat(0);
  let sum = f64x2.splat(0);
  let square = f64x2.splat(0);
  const end = <usize>(count & ~3) << 2;
  for (let i: usize = 0; i < end; i += 16) {
    const v = v128.load(x + i);
    const size = f32x4.abs(v);
    const isFinite4 = f32x4.lt(size, constant(Infinity));
    if (!v128.all_true<i32>(isFinite4)) {
      for (let k: usize = 0; k < 16; k += 4) one(load<f32>(x + i + k), shift, facts, histogram);
      continue;
    }
    low = f32x4.pmin(low, v);
    high = f32x4.pmax(high, v);
    finite = i32x4.sub(finite, isFinite4);
    outside = i32x4.sub(outside, v128.or(f32x4.lt(v, constant(-1e-3)), f32x4.gt(v, constant(1.001))));
    zeros = i32x4.sub(zeros, f32x4.eq(v, constant(0)));
    integers = i32x4.sub(integers, f32x4.eq(f32x4.floor(v), v));
    huge = i32x4.sub(huge, f32x4.gt(size, constant(1000)));
    above = i32x4.sub(above, f32x4.gt(v, constant(0.7)));
    below = i32x4.sub(below, f32x4.lt(v, constant(0.51)));
    const d = f32x4.sub(v, constant(shift));
    const one = f64x2.promote_low_f32x4(d);
    const two = f64x2.promote_low_f32x4(v128.shuffle<i32>(d, d, 2, 3, 2, 3));
    sum = f64x2.add(sum, f64x2.add(one, two));
    square = f64x2.add(square, f64x2.add(f64x2.mul(one, one), f64x2.mul(two, two)));
    const bins = i32x4.shr_u(size, 20);
    count4(histogram, i32x4.extract_lane(bins, 0));
    count4(histogram, i32x4.extract_lane(bins, 1));
    count4(histogram, i32x4.extract_lane(bins, 2));
    count4(histogram, i32x4.extract_lane(bins, 3));
  }
  bump(facts + FINITE, countOf(finite));
  bump(facts + OUTSIDE, countOf(outside));
  bump(facts + ZEROS, countOf(zeros));
  bump(facts + INTEGERS, countOf(integers));
  bump(facts + HUGE, countOf(huge));
  bump(facts + ABOVE, countOf(above));
  bump(facts + BELOW, countOf(below));
  bump(facts + SUM, f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1));
  bump(facts + SQUARE, f64x2.extract_lane(square, 0) + f64x2.extract_lane(square, 1));
  const least = f32x4.pmin(low, v128.shuffle<i32>(low, low, 2, 3, 0, 1));
  const most = f32x4.pmax(high, v128.shuffle<i32>(high, high, 2, 3, 0, 1));
  bound(facts, min(f32x4.extract_lane(least, 0), f32x4.extract_lane(least, 1)));
  bound(facts, max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1)));
  for (let i = end, stop = <usize>count << 2; i < stop; i += 4) one(load<f32>(x + i), shift, facts, histogram);
}

function bound(facts: usize, value: f32): void {
  if (value == Infinity || value == -Infinity) return;
  if (<f64>value < load<f64>(facts + MIN)) store<f64>(facts + MIN, <f64>value);
  if (<f64>value > load<f64>(facts + MAX)) store<f64>(facts + MAX, <f64>value);
}

@inline
function count4(histogram: usize, bin: i32): void {
  const at = histogram + (<usize>bin << 2);
  store<i32>(at, load<i32>(at) + 1);
}

/** One value that is not among four finite ones. */
function one(v: f32, shift: f32, facts: usize, histogram: usize): void {
  if (v != v) return bump(facts + NANS, 1);
  if (v == Infinity) return bump(facts + POSITIVE, 1);
  if (v == -Infinity) return bump(facts + NEGATIVE, 1);
  bump(facts + FINITE, 1);
  bound(facts, v);
  if (v < -1e-3 || v > 1.001) bump(facts + OUTSIDE, 1);
  if (v == 0) bump(facts + ZEROS, 1);
  if (floor(v) == v) bump(facts + INTEGERS, 1);
  if (abs(v) > 1000) bump(facts + HUGE, 1);
  if (v > 0.7) bump(facts + ABOVE, 1);
  if (v < 0.51) bump(facts + BELOW, 1);
  const d = <f64>(v - shift);
  bump(facts + SUM, d);
  bump(facts + SQUARE, d * d);
  count4(histogram, reinterpret<i32>(abs(v)) >>> 20);
}

/** See sumFacts of the scalar kernels; the largest ratio is left as it is, without the logarithm. */
export function sumFacts(
  x: usize,
  channels: i32,
  stride: i32,
  count: i32,
  tolerance: f32,
  facts: usize,
  histogram: usize,
): void {
  const row = <usize>stride << 2;
  for (let i: usize = 0, end = <usize>count << 2; i < end; i += 16) {
    let sum = constant(0);
    let low = constant(Infinity);
    let high = constant(-Infinity);
    for (let c = 0, at = x + i; c < channels; c++, at += row) {
      const v = v128.load(at);
      sum = f32x4.add(sum, v);
      low = f32x4.pmin(low, v);
      high = f32x4.pmax(high, v);
    }
    const error = f32x4.abs(f32x4.sub(sum, constant(1)));
    const ratio = f32x4.div(high, low);
    const left = count - <i32>(i >> 2);
    pixelFacts(f32x4.extract_lane(error, 0), f32x4.extract_lane(ratio, 0), tolerance, facts, histogram);
    if (left > 1) pixelFacts(f32x4.extract_lane(error, 1), f32x4.extract_lane(ratio, 1), tolerance, facts, histogram);
    if (left > 2) pixelFacts(f32x4.extract_lane(error, 2), f32x4.extract_lane(ratio, 2), tolerance, facts, histogram);
    if (left > 3) pixelFacts(f32x4.extract_lane(error, 3), f32x4.extract_lane(ratio, 3), tolerance, facts, histogram);
  }
}

/** e^0.9. */
const wide: f32 = 2.4596031111569494;

@inline
function pixelFacts(error: f32, ratio: f32, tolerance: f32, facts: usize, histogram: usize): void {
  if (error <= tolerance) bump(facts, 1);
  if (ratio >= wide) bump(facts + 8, 1);
  if (<f64>ratio > load<f64>(facts + 16)) store<f64>(facts + 16, <f64>ratio);
  count4(histogram, reinterpret<i32>(error) >>> 20);
}
