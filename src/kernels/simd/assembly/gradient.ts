import { ABSOLUTE, HUBER, SQUARE, slopeOfPair } from './curves';
import { constant, exp4, lengthOf, log4 } from './math';
import { targetOf } from './target';

/** See likelihoodAtScores of the scalar kernels; `uniform` points to one single per channel, or is 0. */
export function likelihoodAtScores(
  slopes: usize,
  shares: usize,
  uniform: usize,
  total: f32,
  p: usize,
  labels: usize,
  gradient: usize,
  channels: i32,
  stride: i32,
  count: i32,
): void {
  const end = (<usize>count) << 2;
  for (let c = 0; c < channels; c++) {
    const row = (<usize>(c * stride)) << 2;
    const channel = i32x4.splat(c);
    const own = constant(uniform == 0 ? 0 : load<f32>(uniform + ((<usize>c) << 2)));
    const all = constant(total);
    for (let i: usize = 0; i < end; i += 16) {
      const y = v128.load(labels + i);
      const a = v128.load(slopes + i);
      let pull = a;
      let push = v128.and(a, i32x4.eq(y, channel));
      if (uniform != 0) {
        const share = v128.load(shares + i);
        pull = f32x4.add(pull, f32x4.mul(share, all));
        push = f32x4.add(push, f32x4.mul(share, own));
      }
      const change = f32x4.sub(f32x4.mul(v128.load(p + row + i), pull), push);
      // A pixel without a slope adds nothing, whatever its probability.
      const moved = v128.and(v128.and(change, f32x4.ne(pull, constant(0))), i32x4.ge_s(y, i32x4.splat(0)));
      v128.store(gradient + row + i, f32x4.add(v128.load(gradient + row + i), moved));
    }
  }
}

/** See regionGradient of the scalar kernels; the coefficients are six singles per channel. */
export function regionGradient(
  p: usize,
  labels: usize,
  targets: usize,
  coefficients: usize,
  ignoredToo: bool,
  gradient: usize,
  channels: i32,
  stride: i32,
  count: i32,
): void {
  const end = (<usize>count) << 2;
  for (let c = 0; c < channels; c++) {
    const row = (<usize>(c * stride)) << 2;
    const channel = i32x4.splat(c);
    const from = coefficients + <usize>(c * 24);
    const k0 = v128.load_splat<f32>(from);
    const k1 = v128.load_splat<f32>(from + 4);
    const k2 = v128.load_splat<f32>(from + 8);
    const k3 = v128.load_splat<f32>(from + 12);
    const k4 = v128.load_splat<f32>(from + 16);
    const k5 = v128.load_splat<f32>(from + 20);
    for (let i: usize = 0; i < end; i += 16) {
      const y = v128.load(labels + i);
      const valid = i32x4.ge_s(y, i32x4.splat(0));
      const q = v128.load(p + row + i);
      const g = v128.and(targetOf(targets, row + i, y, channel), valid);
      const isOne = f32x4.eq(g, constant(1));
      const isZero = f32x4.eq(g, constant(0));
      // A hard target meets one of the three alone, so that a huge factor on the other side cannot cancel digits.
      let slope = v128.bitselect(f32x4.add(k0, f32x4.mul(q, k3)), f32x4.add(k2, f32x4.mul(q, k5)), isOne);
      if (targets != 0 && !v128.all_true<i32>(v128.or(isOne, isZero))) {
        const h = f32x4.sub(constant(1), g);
        const gg = f32x4.mul(g, g);
        const gh = f32x4.mul(g, h);
        const hh = f32x4.mul(h, h);
        const fixed = f32x4.add(f32x4.add(f32x4.mul(gg, k0), f32x4.mul(gh, k1)), f32x4.mul(hh, k2));
        const byP = f32x4.add(f32x4.add(f32x4.mul(gg, k3), f32x4.mul(gh, k4)), f32x4.mul(hh, k5));
        slope = v128.bitselect(slope, f32x4.add(fixed, f32x4.mul(q, byP)), v128.or(isOne, isZero));
      }
      if (!ignoredToo) slope = v128.and(slope, valid);
      v128.store(gradient + row + i, f32x4.add(v128.load(gradient + row + i), slope));
    }
  }
}

/** See pairGradient of the scalar kernels. Jensen-Shannon takes class ids only. */
export function pairGradient(
  p: usize,
  labels: usize,
  targets: usize,
  code: i32,
  delta: f32,
  factors: usize,
  gradient: usize,
  channels: i32,
  stride: i32,
  count: i32,
): void {
  const end = (<usize>count) << 2;
  for (let c = 0; c < channels; c++) {
    const row = (<usize>(c * stride)) << 2;
    const channel = i32x4.splat(c);
    const factor = v128.load_splat<f32>(factors + ((<usize>c) << 2));
    for (let i: usize = 0; i < end; i += 16) {
      const y = v128.load(labels + i);
      const valid = i32x4.ge_s(y, i32x4.splat(0));
      const q = v128.load(p + row + i);
      const g = targetOf(targets, row + i, y, channel);
      const d = f32x4.sub(q, g);
      const sign = v128.and(v128.or(v128.and(d, constant(-0.0)), constant(1)), f32x4.ne(d, constant(0)));
      let slope = sign;
      if (code == SQUARE) slope = f32x4.add(d, d);
      else if (code == HUBER) {
        slope = v128.bitselect(d, f32x4.mul(constant(delta), sign), f32x4.lt(f32x4.abs(d), constant(delta)));
      } else if (code != ABSOLUTE) {
        const own = i32x4.eq(y, channel);
        slope = constant(0.34657359027997264);
        if (v128.any_true(own)) {
          const ratio = f32x4.div(f32x4.add(q, q), f32x4.add(q, constant(1)));
          slope = v128.bitselect(f32x4.mul(log4(ratio), constant(0.5)), slope, own);
        }
      }
      slope = v128.and(f32x4.mul(factor, slope), valid);
      v128.store(gradient + row + i, f32x4.add(v128.load(gradient + row + i), slope));
    }
  }
}

/** See elementsGradient of the scalar kernels, at the scores of a sigmoid; `shares` counts each pixel by so much, or is 0. */
export function elementsGradient(
  up: usize,
  down: usize,
  p: usize,
  labels: usize,
  targets: usize,
  positive: usize,
  negative: usize,
  code: i32,
  low: f32,
  high: f32,
  a: f32,
  b: f32,
  smoothing: f32,
  shares: usize,
  gradient: usize,
  channels: i32,
  stride: i32,
  count: i32,
): void {
  const end = (<usize>count) << 2;
  for (let c = 0; c < channels; c++) {
    const row = (<usize>(c * stride)) << 2;
    const channel = i32x4.splat(c);
    const factorUp = v128.load_splat<f32>(positive + ((<usize>c) << 2));
    const factorDown = v128.load_splat<f32>(negative + ((<usize>c) << 2));
    for (let i: usize = 0; i < end; i += 16) {
      const y = v128.load(labels + i);
      const valid = i32x4.ge_s(y, i32x4.splat(0));
      const hard = targetOf(targets, row + i, y, channel);
      const t = f32x4.add(f32x4.mul(hard, constant(1 - smoothing)), constant(smoothing * 0.5));
      const rest = f32x4.sub(constant(1), t);
      const u = v128.load(up + row + i);
      const w = v128.load(down + row + i);
      const q = v128.load(p + row + i);
      // 1 - p from its logarithm, so that it does not cancel.
      const missed = exp4(f32x4.neg(w));
      let change = constant(0);
      const inside = v128.and(f32x4.ne(t, constant(0)), valid);
      if (v128.any_true(inside)) {
        const slope = f32x4.mul(f32x4.mul(factorUp, t), slopeOfPair(code, u, w, q, missed, low, high, a, b));
        change = f32x4.sub(change, v128.and(slope, inside));
      }
      const outside = v128.and(f32x4.ne(rest, constant(0)), valid);
      if (v128.any_true(outside)) {
        const slope = f32x4.mul(f32x4.mul(factorDown, rest), slopeOfPair(code, w, u, missed, q, low, high, a, b));
        change = f32x4.add(change, v128.and(slope, outside));
      }
      if (shares != 0) {
        // A pixel that is left out adds nothing, whatever its slope.
        const share = v128.load(shares + i);
        change = v128.and(f32x4.mul(share, change), f32x4.ne(share, constant(0)));
      }
      v128.store(gradient + row + i, f32x4.add(v128.load(gradient + row + i), change));
    }
  }
}

/** See regionReach of the scalar kernels; the coefficients are six singles per channel. */
export function regionReach(
  p: usize,
  labels: usize,
  coefficients: usize,
  ignoredToo: bool,
  out: usize,
  channels: i32,
  stride: i32,
  count: i32,
): void {
  const row = (<usize>stride) << 2;
  for (let i: usize = 0, end = (<usize>count) << 2; i < end; i += 16) {
    const y = v128.load(labels + i);
    const taken = ignoredToo ? i32x4.splat(-1) : i32x4.ge_s(y, i32x4.splat(0));
    let dot = constant(0);
    for (let c = 0, at = p + i, k = coefficients; c < channels; c++, at += row, k += 24) {
      const q = v128.load(at);
      dot = f32x4.add(dot, v128.and(f32x4.mul(q, slopeOfRegion(q, y, c, k)), f32x4.ne(q, constant(0))));
    }
    let low = f64x2.splat(0);
    let high = f64x2.splat(0);
    let largest = constant(0);
    for (let c = 0, at = p + i, k = coefficients; c < channels; c++, at += row, k += 24) {
      const q = v128.load(at);
      const moved = f32x4.mul(q, f32x4.sub(slopeOfRegion(q, y, c, k), dot));
      const value = v128.and(moved, v128.and(f32x4.ne(q, constant(0)), taken));
      largest = f32x4.pmax(f32x4.abs(value), largest);
      const first = f64x2.promote_low_f32x4(value);
      const second = f64x2.promote_low_f32x4(v128.shuffle<i32>(value, value, 2, 3, 2, 3));
      low = f64x2.add(low, f64x2.mul(first, first));
      high = f64x2.add(high, f64x2.mul(second, second));
    }
    const length = lengthOf(low, high);
    v128.store(out + i, length);
    // pmax loses a NaN; the length has kept it.
    v128.store(out + row + i, v128.or(largest, f32x4.ne(length, length)));
  }
}

/** The gradient of a region loss at the probability q of a class: k0 + q k3 in its own pixels, k2 + q k5 in the others. */
@inline
function slopeOfRegion(q: v128, y: v128, c: i32, k: usize): v128 {
  const own = f32x4.add(v128.load_splat<f32>(k), f32x4.mul(q, v128.load_splat<f32>(k + 12)));
  const other = f32x4.add(v128.load_splat<f32>(k + 8), f32x4.mul(q, v128.load_splat<f32>(k + 20)));
  return v128.bitselect(own, other, i32x4.eq(y, i32x4.splat(c)));
}
