import { addTo, constant, countOf, exp4, flush } from './math';
import { longRun } from './target';

/** Numbers that `valueFacts` adds to, doubles: see the wrapper for their names. */
const MIN = 0;
const MAX = 8;
const OUTSIDE = 16;
const ZEROS = 24;
const INTEGERS = 32;
const HUGE = 40;
/** And for each channel. */
const SUM = 0;
const SQUARE = 8;
const NANS = 16;
const POSITIVE = 24;
const NEGATIVE = 32;
const ofChannel: usize = 40;

/** Loaded before the loop, so that they stay in registers; as integers, the bits of what is larger are larger, infinity and NaN included. */
const limits = memory.data<f32>([-1e-3, 1.001, 1000]);

@inline
function bump(at: usize, by: f64): void {
  store<f64>(at, load<f64>(at) + by);
}

/** See valueFacts of the scalar kernels; `shifts` are singles. */
export function valueFacts(
  x: usize,
  channels: i32,
  stride: i32,
  count: i32,
  shifts: usize,
  facts: usize,
  cells: usize,
): void {
  for (let c = 0; c < channels; c++) {
    channelFacts(x, count, load<f32>(shifts), facts, cells);
    x += <usize>stride << 2;
    shifts += 4;
    cells += ofChannel;
  }
}

function channelFacts(x: usize, count: i32, shift: f32, facts: usize, cell: usize): void {
  const from = constant(shift);
  let low = constant(Infinity);
  let high = constant(-Infinity);
  let outside = i32x4.splat(0);
  let zeros = 0;
  let integers = 0;
  const below = v128.load_splat<f32>(limits);
  const above = v128.load_splat<f32>(limits + 4);
  const thousand = v128.load_splat<f32>(limits + 8);
  let sum = f64x2.splat(0);
  let square = f64x2.splat(0);
  const end = <usize>(count & ~3) << 2;
  for (let start: usize = 0; start < end; start += longRun) {
    let runSum = constant(0);
    let runSquare = constant(0);
    const stop = min(start + longRun, end);
    for (let i = start; i < stop; i += 16) {
      const v = v128.load(x + i);
      // What is rare in scores costs a test and no more.
      const far = i32x4.gt_s(f32x4.abs(v), thousand);
      const whole = f32x4.eq(f32x4.floor(v), v);
      if (v128.any_true(v128.or(far, whole))) {
        if (v128.any_true(far)) {
          for (let k: usize = 0; k < 16; k += 4) one(load<f32>(x + i + k), shift, facts, cell);
          continue;
        }
        integers += popcnt(i32x4.bitmask(whole));
        zeros += popcnt(i32x4.bitmask(f32x4.eq(v, constant(0))));
      }
      low = f32x4.pmin(low, v);
      high = f32x4.pmax(high, v);
      outside = i32x4.sub(outside, v128.or(f32x4.lt(v, below), f32x4.gt(v, above)));
      const d = f32x4.sub(v, from);
      runSum = f32x4.add(runSum, d);
      runSquare = f32x4.add(runSquare, f32x4.mul(d, d));
    }
    sum = addTo(sum, runSum);
    square = addTo(square, runSquare);
  }
  bump(facts + OUTSIDE, countOf(outside));
  bump(facts + ZEROS, <f64>zeros);
  bump(facts + INTEGERS, <f64>integers);
  flush(cell + SUM, sum);
  flush(cell + SQUARE, square);
  const least = f32x4.pmin(low, v128.shuffle<i32>(low, low, 2, 3, 0, 1));
  const most = f32x4.pmax(high, v128.shuffle<i32>(high, high, 2, 3, 0, 1));
  bound(facts, min(f32x4.extract_lane(least, 0), f32x4.extract_lane(least, 1)));
  bound(facts, max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1)));
  for (let i = end, stop = <usize>count << 2; i < stop; i += 4) one(load<f32>(x + i), shift, facts, cell);
}

function bound(facts: usize, value: f32): void {
  if (value == Infinity || value == -Infinity) return;
  if (<f64>value < load<f64>(facts + MIN)) store<f64>(facts + MIN, <f64>value);
  if (<f64>value > load<f64>(facts + MAX)) store<f64>(facts + MAX, <f64>value);
}

/** One value that stands beside one beyond 1000, or at the end. */
function one(v: f32, shift: f32, facts: usize, cell: usize): void {
  if (v != v) return bump(cell + NANS, 1);
  if (v == Infinity) return bump(cell + POSITIVE, 1);
  if (v == -Infinity) return bump(cell + NEGATIVE, 1);
  bound(facts, v);
  if (v < -1e-3 || v > 1.001) bump(facts + OUTSIDE, 1);
  if (v == 0) bump(facts + ZEROS, 1);
  if (floor(v) == v) bump(facts + INTEGERS, 1);
  if (abs(v) > 1000) bump(facts + HUGE, 1);
  const d = <f64>(v - shift);
  bump(cell + SUM, d);
  bump(cell + SQUARE, d * d);
}

@inline
function count4(histogram: usize, bin: i32): void {
  const at = histogram + (<usize>bin << 2);
  store<i32>(at, load<i32>(at) + 1);
}

/** See logSumsToZero of the scalar kernels. */
export function logSumsToZero(x: usize, channels: i32, stride: i32, count: i32, out: usize): void {
  const row = <usize>stride << 2;
  let close: i32 = 0;
  for (let i: usize = 0, end = <usize>count << 2; i < end; i += 16) {
    let sum = constant(0);
    for (let c = 0, at = x + i; c < channels; c++, at += row) sum = f32x4.add(sum, exp4(v128.load(at)));
    const near = v128.and(f32x4.gt(sum, constant(lowest)), f32x4.lt(sum, constant(highest)));
    const left = count - <i32>(i >> 2);
    close += popcnt<i32>(i32x4.bitmask(near) & (left < 4 ? (1 << left) - 1 : 15));
  }
  bump(out, <f64>close);
}

/** e^-0.001 and e^0.001. */
const lowest: f32 = 0.9990004998333750;
const highest: f32 = 1.0010005001667084;

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
