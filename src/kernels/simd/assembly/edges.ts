import { addTo, constant, flush, power4 } from './math';

// Signed squares of distances: negative inside a region. Rows have room for four values more than they hold.

/** 1 where a number is above 1/2, else 0, as 16 bits; returns how many are. */
export function aboveHalf(x: usize, members: usize, count: i32): i32 {
  let found = 0;
  for (let i = 0; i < count; i++) {
    const above = <i32>(load<f32>(x + (<usize>i << 2)) > 0.5);
    store<i16>(members + (<usize>i << 1), <i16>above);
    found += above;
  }
  return found;
}

/** Squares with a minus before those of the members. */
export function signSquares(squares: usize, members: usize, out: usize, count: i32): void {
  for (let i: usize = 0; i < <usize>count << 2; i += 16) {
    const sign = i32x4.shl(v128.load_ext<i16>(members + (i >> 1)), 31);
    v128.store(out + i, v128.xor(v128.load(squares + i), sign));
  }
}

/** Of four pixels: d outside, `ring` - d inside, 0 where the label is negative or the square infinite. */
@inline
function signed4(squares: v128, labels: v128, ring: f32): v128 {
  const size = f32x4.abs(squares);
  const root = f32x4.sqrt(size);
  const inside = f32x4.sub(constant(ring), root);
  const known = v128.and(i32x4.ge_s(labels, i32x4.splat(0)), f32x4.lt(size, constant(Infinity)));
  return v128.and(v128.bitselect(inside, root, f32x4.lt(squares, constant(0))), known);
}

/** Sums of the signed distances over a region and over the rest, to the two doubles at `sums`. */
export function sumSides(squares: usize, labels: usize, ring: f32, sums: usize, count: i32): void {
  let inside = f64x2.splat(0);
  let outside = f64x2.splat(0);
  for (let i = 0; i < count; i += 4) {
    const at = <usize>i << 2;
    const own = v128.load(squares + at);
    const value = v128.and(signed4(own, v128.load(labels + at), ring), lanesBelow(count - i));
    const within = f32x4.lt(own, constant(0));
    inside = addTo(inside, v128.and(value, within));
    outside = addTo(outside, v128.andnot(value, within));
  }
  flush(sums, inside);
  flush(sums + 8, outside);
}

/** Sum of p times the signed distance, to the double at `sum`. */
export function sumSigned(p: usize, squares: usize, labels: usize, ring: f32, sum: usize, count: i32): void {
  let all = f64x2.splat(0);
  for (let i = 0; i < count; i += 4) {
    const at = <usize>i << 2;
    const y = v128.load(labels + at);
    const product = f32x4.mul(v128.load(p + at), signed4(v128.load(squares + at), y, ring));
    const valid = v128.and(i32x4.ge_s(y, i32x4.splat(0)), lanesBelow(count - i));
    all = addTo(all, v128.and(product, valid));
  }
  flush(sum, all);
}

/** True in the first so many lanes. */
@inline
function lanesBelow(count: i32): v128 {
  return i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(count));
}

/** out += factor times the signed distance. */
export function addSigned(squares: usize, labels: usize, ring: f32, factor: f32, out: usize, count: i32): void {
  for (let i: usize = 0; i < <usize>count << 2; i += 16) {
    const own = f32x4.mul(constant(factor), signed4(v128.load(squares + i), v128.load(labels + i), ring));
    v128.store(out + i, f32x4.add(v128.load(out + i), own));
  }
}

/** Errors weighed by the distances to two edges: see the scalar kernel. */
export function weighErrors(
  p: usize,
  g: usize,
  ours: usize,
  theirs: usize,
  alpha: f32,
  slopes: usize,
  sum: usize,
  count: i32,
): void {
  const half = alpha / 2;
  let all = f64x2.splat(0);
  for (let i = 0; i < count; i += 4) {
    const at = <usize>i << 2;
    const error = f32x4.sub(v128.load(p + at), v128.load(g + at));
    const w = f32x4.add(weight4(v128.load(ours + at), half), weight4(v128.load(theirs + at), half));
    const weighed = f32x4.ne(w, constant(0));
    const slope = v128.and(f32x4.mul(error, w), v128.and(weighed, lanesBelow(count - i)));
    const cost = v128.and(f32x4.mul(slope, error), f32x4.ne(slope, constant(0)));
    all = addTo(all, cost);
    v128.store(slopes + at, f32x4.add(slope, slope));
  }
  flush(sum, all);
}

@inline
function weight4(squares: v128, exponent: f32): v128 {
  const size = f32x4.abs(squares);
  const finite = v128.and(size, f32x4.lt(size, constant(Infinity)));
  return exponent == 1 ? finite : v128.and(power4(finite, exponent), f32x4.lt(size, constant(Infinity)));
}
