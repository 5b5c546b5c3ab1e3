import { addTo, constant, exp4, expFlushed4, flush, log1pUnit4, log4, one, oneOfTwo } from './math';
import { addToRows, alike, ownOf } from './rows';
import { isOut, longRun } from './target';

/** Bytes of one channel's sums: five of the other classes, five of its own. */
const width: usize = 80;

/** Scores whose sum of exponentials is beyond e^30 or below e^-30 leave too little of some classes in a softmax. */
const farthest: f32 = 30;

/** Per pixel what makes e^z of the p of a softmax; NaN where that loses digits, 0 where the pixel is ignored. */
function prepare(top: usize, logSum: usize, labels: usize, factors: usize, count: i32): void {
  for (let i: usize = 0, end = <usize>count << 2; i < end; i += 16) {
    const high = v128.load(top + i);
    const log = v128.load(logSum + i);
    const valid = i32x4.ge_s(v128.load(labels + i), i32x4.splat(0));
    const near = f32x4.le(f32x4.abs(f32x4.add(high, log)), constant(farthest));
    const factor = v128.bitselect(f32x4.mul(exp4(high), exp4(log)), constant(NaN), near);
    v128.store(factors + i, v128.and(factor, valid));
  }
}

// Of a score s that speaks against what is true, and e = e^-|s|.

/** ln(1 + e^s). */
@inline
function softplus(s: v128, e: v128): v128 {
  return f32x4.add(log1pUnit4(e), f32x4.pmax(s, constant(0)));
}

@inline
function softplusOf(s: v128): v128 {
  return softplus(s, expFlushed4(f32x4.neg(f32x4.abs(s))));
}

/** e^s. */
@inline
function growth(s: v128, e: v128): v128 {
  if (v128.any_true(f32x4.gt(s, constant(87)))) return exp4(s);
  return v128.bitselect(f32x4.div(one(), e), e, f32x4.gt(s, constant(0)));
}

/** -ln of 1 minus the sigmoid of s as a single holds it; up to s = 4 its last digit is less than 1e-6 of the exact `u`. */
@inline
function roundedOther(s: v128, u: v128): v128 {
  const e = expFlushed4(f32x4.neg(f32x4.abs(s)));
  const q = f32x4.sub(one(), f32x4.div(one(), f32x4.add(one(), e)));
  return v128.bitselect(f32x4.sub(constant(0), log4(q)), u, f32x4.gt(s, constant(4)));
}

/** -ln of the sigmoid of -s as a single holds it. */
@inline
function roundedOwn(s: v128, u: v128): v128 {
  const tiny = f32x4.gt(s, constant(87));
  if (!v128.any_true(tiny)) return u;
  return v128.bitselect(f32x4.sub(constant(0), log4(exp4(f32x4.neg(s)))), u, tiny);
}

@inline
function within(u: v128, low: f32, high: f32): v128 {
  return f32x4.pmax(f32x4.pmin(u, constant(high)), constant(low));
}

/** See logisticSums of the scalar kernels; `factors` is room for a row. */
export function logisticSums(
  z: usize,
  p: usize,
  top: usize,
  logSum: usize,
  labels: usize,
  margin: f32,
  low: f32,
  high: f32,
  factors: usize,
  sums: usize,
  channels: i32,
  stride: i32,
  count: i32,
): void {
  prepare(top, logSum, labels, factors, count);
  const row = <usize>stride << 2;
  for (let c = 0, at: usize = 0; c < channels; c++, at += row) {
    others(z + at, p + at, labels, c, margin, low, high, factors, sums + <usize>c * width, count);
  }
  own(z, labels, margin, low, high, sums + 40, row, count);
}

/** The five sums of one channel over the pixels of other classes. */
function others(
  z: usize,
  p: usize,
  labels: usize,
  c: i32,
  margin: f32,
  low: f32,
  high: f32,
  factors: usize,
  sums: usize,
  count: i32,
): void {
  // Up to here neither rounding nor clipping makes a difference.
  const plain: f32 = low > 0 || high < 1 ? -Infinity : min<f32>(4, high - 1);
  const end = <usize>count << 2;
  const channel = i32x4.splat(c);
  const bound = constant(plain);
  const width = constant(margin);
  // The sum of ln(1 + e^s) is the logarithm of a product: four numbers, whose powers of two are taken out in time.
  let low2 = f64x2.splat(1);
  let high2 = f64x2.splat(1);
  let powers = i64x2.splat(0);
  let farther = f64x2.splat(0);
  let hinge = f64x2.splat(0);
  let square = f64x2.splat(0);
  let grown = f64x2.splat(0);
  let rounding = f64x2.splat(0);
  for (let start: usize = 0; start < end; start += longRun) {
    let runHinge = constant(0);
    let runSquare = constant(0);
    let runGrown = constant(0);
    const stop = min(start + longRun, end);
    for (let i = start; i < stop; i += 16) {
      const out = isOut(v128.load(labels + i), channel);
      const factor = v128.load(factors + i);
      const s = v128.andnot(v128.load(z + i), out);
      const far = v128.any_true(f32x4.ne(factor, factor));
      if (far) {
        grown = addTo(grown, v128.andnot(exp4(s), out));
        farther = addTo(farther, v128.andnot(softplusOf(s), out));
      } else {
        const power = v128.andnot(f32x4.mul(v128.load(p + i), factor), out);
        const upper = v128.shuffle<i32>(power, power, 2, 3, 2, 3);
        runGrown = f32x4.add(runGrown, power);
        low2 = f64x2.mul(low2, f64x2.add(f64x2.promote_low_f32x4(power), oneOfTwo()));
        high2 = f64x2.mul(high2, f64x2.add(f64x2.promote_low_f32x4(upper), oneOfTwo()));
      }
      const over = v128.andnot(f32x4.pmax(f32x4.add(s, width), constant(0)), out);
      runHinge = f32x4.add(runHinge, over);
      runSquare = f32x4.add(runSquare, f32x4.mul(over, over));
      if (far || v128.any_true(f32x4.gt(s, bound))) {
        const u = softplusOf(s);
        const rounded = within(roundedOther(s, u), low, high);
        // What is far is no part of the product, since it may be infinite.
        rounding = addTo(rounding, v128.andnot(far ? rounded : f32x4.sub(rounded, u), out));
      }
    }
    hinge = addTo(hinge, runHinge);
    square = addTo(square, runSquare);
    grown = addTo(grown, runGrown);
    powers = i64x2.add(powers, i64x2.add(powerOf(low2), powerOf(high2)));
    low2 = mantissaOf(low2);
    high2 = mantissaOf(high2);
  }
  const mantissa = f64x2.mul(low2, high2);
  const product = f64x2.extract_lane(mantissa, 0) * f64x2.extract_lane(mantissa, 1);
  const power = i64x2.extract_lane(powers, 0) + i64x2.extract_lane(powers, 1);
  const log = Math.log(product) + <f64>power * Math.LN2;
  store<f64>(sums, load<f64>(sums) + log);
  flush(sums, farther);
  store<f64>(sums + 8, load<f64>(sums + 8) + log);
  flush(sums + 8, rounding);
  flush(sums + 16, hinge);
  flush(sums + 24, square);
  flush(sums + 32, grown);
}

/** The power of two in each of two doubles that are no less than 1. */
@inline
function powerOf(x: v128): v128 {
  return i64x2.sub(i64x2.shr_u(x, 52), i64x2.splat(1023));
}

/** What is left of them without it. */
@inline
function mantissaOf(x: v128): v128 {
  return v128.or(v128.and(x, i64x2.splat(0x000fffffffffffff)), i64x2.splat(0x3ff0000000000000));
}

/** The five sums of every channel over the pixels of its class. */
function own(
  z: usize,
  labels: usize,
  margin: f32,
  low: f32,
  high: f32,
  sums: usize,
  row: usize,
  count: i32,
): void {
  for (let i: usize = 0, end = <usize>count << 2; i < end; i += 16) {
    const y = v128.load(labels + i);
    const same = alike(y);
    const s = f32x4.neg(ownOf(z, y, row, i));
    const e = expFlushed4(f32x4.neg(f32x4.abs(s)));
    const u = softplus(s, e);
    const over = f32x4.pmax(f32x4.add(s, constant(margin)), constant(0));
    addToRows(sums, width, y, same, u);
    addToRows(sums + 8, width, y, same, within(roundedOwn(s, u), low, high));
    addToRows(sums + 16, width, y, same, over);
    addToRows(sums + 24, width, y, same, f32x4.mul(over, over));
    addToRows(sums + 32, width, y, same, growth(s, e));
  }
}
