import { EXPONENTIAL, FOCAL, HINGE, LOG, lossOf, lossOfPair, POLY, slopeOf } from './curves';
import { addTo, constant, flush, log4 } from './math';
import { run, targetOf } from './target';

/** See sumElements of the scalar kernels; the crossed sums only where asked for. */
export function sumElements(
  up: usize,
  down: usize,
  labels: usize,
  targets: usize,
  code: i32,
  low: f32,
  high: f32,
  a: f32,
  b: f32,
  crossed: bool,
  sums: usize,
  channels: i32,
  stride: i32,
  count: i32,
): void {
  // One copy of the loop per curve, told apart by a type, so that the choice stands outside of it.
  if (code == LOG) elements<i8>(up, down, labels, targets, low, high, a, b, crossed, sums, channels, stride, count);
  else if (code == FOCAL) elements<i16>(up, down, labels, targets, low, high, a, b, crossed, sums, channels, stride, count);
  else if (code == HINGE) elements<i32>(up, down, labels, targets, low, high, a, b, crossed, sums, channels, stride, count);
  else if (code == EXPONENTIAL) elements<i64>(up, down, labels, targets, low, high, a, b, crossed, sums, channels, stride, count);
  else elements<f64>(up, down, labels, targets, low, high, a, b, crossed, sums, channels, stride, count);
}

/** `down` 0: `up` holds probabilities, and the logarithms are taken of them as they are. */
function elements<T>(
  up: usize,
  down: usize,
  labels: usize,
  targets: usize,
  low: f32,
  high: f32,
  a: f32,
  b: f32,
  crossed: bool,
  sums: usize,
  channels: i32,
  stride: i32,
  count: i32,
): void {
  const curve = isFloat<T>() ? POLY : sizeof<T>() == 1 ? LOG : sizeof<T>() == 2 ? FOCAL : sizeof<T>() == 4 ? HINGE : EXPONENTIAL;
  const end = <usize>count << 2;
  for (let c = 0; c < channels; c++) {
    const row = <usize>(c * stride) << 2;
    const channel = i32x4.splat(c);
    let positive = f64x2.splat(0);
    let negative = f64x2.splat(0);
    let crossPositive = f64x2.splat(0);
    let crossNegative = f64x2.splat(0);
    for (let start: usize = 0; start < end; start += run) {
      let runPositive = constant(0);
      let runNegative = constant(0);
      let runCrossPositive = constant(0);
      let runCrossNegative = constant(0);
      const stop = min(start + run, end);
      for (let i = start; i < stop; i += 16) {
        const y = v128.load(labels + i);
        const valid = i32x4.ge_s(y, i32x4.splat(0));
        const t = v128.and(targetOf(targets, row + i, y, channel), valid);
        const rest = v128.and(f32x4.sub(constant(1), t), valid);
        const inside = f32x4.ne(t, constant(0));
        const outside = f32x4.ne(rest, constant(0));
        const value = v128.load(up + row + i);
        if (curve == LOG && down == 0) {
          if (v128.any_true(inside)) {
            const u = f32x4.sub(constant(0), log4(value));
            const loss = f32x4.mul(t, lossOfPair(LOG, u, u, low, high, a, b));
            runPositive = f32x4.add(runPositive, v128.and(loss, inside));
          }
          if (v128.any_true(outside)) {
            const u = f32x4.sub(constant(0), log4(f32x4.sub(constant(1), value)));
            const loss = f32x4.mul(rest, lossOfPair(LOG, u, u, low, high, a, b));
            runNegative = f32x4.add(runNegative, v128.and(loss, outside));
          }
          continue;
        }
        const u = value;
        const w = v128.load(down + row + i);
        if (crossed) {
          const one = lossOfPair(curve, u, w, low, high, a, b);
          const other = lossOfPair(curve, w, u, low, high, a, b);
          runPositive = f32x4.add(runPositive, v128.and(f32x4.mul(t, one), inside));
          runNegative = f32x4.add(runNegative, v128.and(f32x4.mul(rest, other), outside));
          runCrossPositive = f32x4.add(runCrossPositive, v128.and(f32x4.mul(rest, one), outside));
          runCrossNegative = f32x4.add(runCrossNegative, v128.and(f32x4.mul(t, other), inside));
          continue;
        }
        if (v128.any_true(inside)) {
          const one = lossOfPair(curve, u, w, low, high, a, b);
          runPositive = f32x4.add(runPositive, v128.and(f32x4.mul(t, one), inside));
        }
        if (v128.any_true(outside)) {
          const other = lossOfPair(curve, w, u, low, high, a, b);
          runNegative = f32x4.add(runNegative, v128.and(f32x4.mul(rest, other), outside));
        }
      }
      positive = addTo(positive, runPositive);
      negative = addTo(negative, runNegative);
      crossPositive = addTo(crossPositive, runCrossPositive);
      crossNegative = addTo(crossNegative, runCrossNegative);
    }
    const at = sums + (<usize>c << 5);
    flush(at, positive);
    flush(at + 8, negative);
    flush(at + 16, crossPositive);
    flush(at + 24, crossNegative);
  }
}

/** Loss of every pixel from the surprise of its class; 0 where it is ignored. */
export function pixelLosses(
  u: usize,
  labels: usize,
  code: i32,
  low: f32,
  high: f32,
  a: f32,
  out: usize,
  count: i32,
): void {
  for (let i: usize = 0, end = <usize>count << 2; i < end; i += 16) {
    const valid = i32x4.ge_s(v128.load(labels + i), i32x4.splat(0));
    v128.store(out + i, v128.and(lossOf(code, v128.load(u + i), low, high, a), valid));
  }
}


/** See binaryLosses of the scalar kernels: both sides of every pixel, each times its weight. */
export function binaryLosses(
  up: usize,
  down: usize,
  labels: usize,
  targets: usize,
  weightUp: f32,
  weightDown: f32,
  code: i32,
  low: f32,
  high: f32,
  a: f32,
  b: f32,
  smoothing: f32,
  out: usize,
  count: i32,
): void {
  for (let i: usize = 0, end = <usize>count << 2; i < end; i += 16) {
    const valid = i32x4.ge_s(v128.load(labels + i), i32x4.splat(0));
    const t = f32x4.add(f32x4.mul(v128.load(targets + i), constant(1 - smoothing)), constant(smoothing * 0.5));
    const rest = f32x4.sub(constant(1), t);
    const u = v128.load(up + i);
    const w = v128.load(down + i);
    const inside = v128.and(f32x4.ne(t, constant(0)), valid);
    const outside = v128.and(f32x4.ne(rest, constant(0)), valid);
    let loss = constant(0);
    if (v128.any_true(inside)) {
      const own = f32x4.mul(f32x4.mul(t, constant(weightUp)), lossOfPair(code, u, w, low, high, a, b));
      loss = v128.and(own, inside);
    }
    if (v128.any_true(outside)) {
      const own = f32x4.mul(f32x4.mul(rest, constant(weightDown)), lossOfPair(code, w, u, low, high, a, b));
      loss = f32x4.add(loss, v128.and(own, outside));
    }
    v128.store(out + i, loss);
  }
}

/** See likelihoodSlopes of the scalar kernels; the weights are singles, the shares given or 0 for all pixels alike. */
export function likelihoodSlopes(
  u: usize,
  labels: usize,
  weights: usize,
  shares: usize,
  code: i32,
  low: f32,
  high: f32,
  a: f32,
  out: usize,
  count: i32,
): void {
  for (let i: usize = 0, end = <usize>count << 2; i < end; i += 16) {
    const y = v128.load(labels + i);
    const weight = f32x4(
      weightOf(weights, i32x4.extract_lane(y, 0)),
      weightOf(weights, i32x4.extract_lane(y, 1)),
      weightOf(weights, i32x4.extract_lane(y, 2)),
      weightOf(weights, i32x4.extract_lane(y, 3)),
    );
    const share = shares == 0 ? constant(1) : v128.load(shares + i);
    const slope = f32x4.mul(f32x4.mul(share, weight), slopeOf(code, v128.load(u + i), low, high, a));
    // A pixel that is left out has no slope, whatever its loss.
    const taken = v128.and(f32x4.ne(share, constant(0)), i32x4.ge_s(y, i32x4.splat(0)));
    v128.store(out + i, v128.and(slope, taken));
  }
}

@inline
function weightOf(weights: usize, label: i32): f32 {
  return label < 0 ? 0 : load<f32>(weights + (<usize>label << 2));
}

/** See sumBySide of the scalar kernels: the two sums, then the two weights; `map` points to one single per pixel, or is 0. */
export function sumBySide(
  up: usize,
  down: usize,
  labels: usize,
  targets: usize,
  map: usize,
  code: i32,
  low: f32,
  high: f32,
  a: f32,
  b: f32,
  sums: usize,
  count: i32,
): void {
  let outside = f64x2.splat(0);
  let inside = f64x2.splat(0);
  let outsideWeight = f64x2.splat(0);
  let insideWeight = f64x2.splat(0);
  for (let i: usize = 0, end = <usize>count << 2; i < end; i += 16) {
    const valid = i32x4.ge_s(v128.load(labels + i), i32x4.splat(0));
    const weight = v128.and(map == 0 ? constant(1) : v128.load(map + i), valid);
    const t = v128.load(targets + i);
    const high4 = f32x4.mul(weight, t);
    const low4 = f32x4.mul(weight, f32x4.sub(constant(1), t));
    const u = v128.load(up + i);
    const w = v128.load(down + i);
    const isInside = v128.and(f32x4.ne(high4, constant(0)), valid);
    const isOutside = v128.and(f32x4.ne(low4, constant(0)), valid);
    if (v128.any_true(isInside)) {
      const loss = f32x4.mul(high4, lossOfPair(code, u, w, low, high, a, b));
      inside = addTo(inside, v128.and(loss, isInside));
    }
    if (v128.any_true(isOutside)) {
      const loss = f32x4.mul(low4, lossOfPair(code, w, u, low, high, a, b));
      outside = addTo(outside, v128.and(loss, isOutside));
    }
    insideWeight = addTo(insideWeight, v128.and(high4, valid));
    outsideWeight = addTo(outsideWeight, v128.and(low4, valid));
  }
  flush(sums, outside);
  flush(sums + 8, inside);
  flush(sums + 16, outsideWeight);
  flush(sums + 24, insideWeight);
}
