import { countOf, flush } from './math';

/** Calibration: bins of a decision's probability, and what is kept of each: decisions, their probability, right ones. */
const bins: f64 = 15;
const columns: usize = 3;

@inline
function addDecision(p: f64, right: bool, sums: usize): void {
  if (p != p) return;
  const bin = <usize>max<f64>(0, min<f64>(Math.floor(p * bins), bins - 1));
  const at = sums + ((bin * columns) << 3);
  store<f64>(at, load<f64>(at) + 1);
  store<f64>(at + 8, load<f64>(at + 8) + p);
  if (right) store<f64>(at + 16, load<f64>(at + 16) + 1);
}

/** See addWinners of the scalar kernels. */
export function addWinners(p: usize, best: usize, labels: usize, sums: usize, stride: i32, count: i32): void {
  for (let i: usize = 0, end = <usize>count << 2; i < end; i += 4) {
    const y = load<i32>(labels + i);
    if (y < 0) continue;
    const own = load<f32>(best + i);
    addDecision(<f64>own, load<f32>(p + ((<usize>(y * stride)) << 2) + i) == own, sums);
  }
}

/** See addSides of the scalar kernels. */
export function addSides(
  p: usize,
  labels: usize,
  targets: usize,
  sums: usize,
  channels: i32,
  stride: i32,
  count: i32,
): void {
  for (let c = 0; c < channels; c++) {
    const row = <usize>(c * stride) << 2;
    for (let i: usize = 0, end = <usize>count << 2; i < end; i += 4) {
      if (load<i32>(labels + i) < 0) continue;
      const own = <f64>load<f32>(p + row + i);
      addDecision(max<f64>(own, 1 - own), load<f32>(targets + row + i) > 0.5 == own > 0.5, sums);
    }
  }
}

/** See binaryConfusion of the scalar kernels. */
export function binaryConfusion(
  scores: usize,
  labels: usize,
  targets: usize,
  threshold: f32,
  counts: usize,
  channels: i32,
  stride: i32,
  count: i32,
): void {
  const limit = f32x4.splat(threshold);
  const half = f32x4.splat(0.5);
  for (let c = 0; c < channels; c++) {
    const row = <usize>(c * stride) << 2;
    // Masks are -1 where they hold.
    let all = i32x4.splat(0);
    let yes = i32x4.splat(0);
    let above = i32x4.splat(0);
    let both = i32x4.splat(0);
    for (let i: usize = 0, end = <usize>count << 2; i < end; i += 16) {
      const valid = i32x4.ge_s(v128.load(labels + i), i32x4.splat(0));
      const truth = v128.and(valid, f32x4.gt(v128.load(targets + row + i), half));
      const decided = v128.and(valid, f32x4.gt(v128.load(scores + row + i), limit));
      all = i32x4.sub(all, valid);
      yes = i32x4.sub(yes, truth);
      above = i32x4.sub(above, decided);
      both = i32x4.sub(both, v128.and(truth, decided));
    }
    const hits = countOf(both);
    const misses = countOf(yes) - hits;
    const alarms = countOf(above) - hits;
    const at = counts + (<usize>c << 5);
    store<f64>(at, load<f64>(at) + countOf(all) - hits - misses - alarms);
    store<f64>(at + 8, load<f64>(at + 8) + alarms);
    store<f64>(at + 16, load<f64>(at + 16) + misses);
    store<f64>(at + 24, load<f64>(at + 24) + hits);
  }
}

/** See contrast of the scalar kernels; `targets` is 0 for class ids. */
export function contrast(p: usize, labels: usize, targets: usize, sums: usize, count: i32): void {
  let all = i32x4.splat(0);
  let yes = i32x4.splat(0);
  let outside = f64x2.splat(0);
  let inside = f64x2.splat(0);
  for (let i: usize = 0, end = <usize>count << 2; i < end; i += 16) {
    const y = v128.load(labels + i);
    // Lanes past the last pixel hold the least integer.
    const real = v128.and(i32x4.ne(y, i32x4.splat(-1)), i32x4.ne(y, i32x4.splat(i32.MIN_VALUE)));
    const marked = targets == 0 ? i32x4.ne(y, i32x4.splat(0)) : f32x4.gt(v128.load(targets + i), f32x4.splat(0.5));
    const truth = v128.and(real, marked);
    const own = v128.load(p + i);
    all = i32x4.sub(all, real);
    yes = i32x4.sub(yes, truth);
    inside = f64x2.add(inside, bothHalves(v128.and(own, truth)));
    outside = f64x2.add(outside, bothHalves(v128.and(own, v128.andnot(real, truth))));
  }
  store<f64>(sums, load<f64>(sums) + countOf(all) - countOf(yes));
  flush(sums + 8, outside);
  store<f64>(sums + 16, load<f64>(sums + 16) + countOf(yes));
  flush(sums + 24, inside);
}

@inline
function bothHalves(x: v128): v128 {
  return f64x2.add(f64x2.promote_low_f32x4(x), f64x2.promote_low_f32x4(v128.shuffle<i32>(x, x, 2, 3, 2, 3)));
}

/** See surpriseTail of the scalar kernels; `heavy` is the surprise of p = 1e-4. */
export function surpriseTail(
  u: usize,
  rows: usize,
  heavy: f64,
  impossible: f64,
  certain: f64,
  tail: usize,
  count: i32,
): void {
  for (let i: usize = 0, end = <usize>count << 2; i < end; i += 4) {
    if (load<i32>(rows + i) < 0) continue;
    const value = <f64>load<f32>(u + i);
    store<f64>(tail, load<f64>(tail) + 1);
    store<f64>(tail + 8, load<f64>(tail + 8) + value);
    store<f64>(tail + 16, max<f64>(load<f64>(tail + 16), value));
    if (value > heavy) {
      store<f64>(tail + 24, load<f64>(tail + 24) + 1);
      store<f64>(tail + 32, load<f64>(tail + 32) + value);
    }
    if (value >= impossible) store<f64>(tail + 40, load<f64>(tail + 40) + 1);
    if (value <= certain) store<f64>(tail + 48, load<f64>(tail + 48) + 1);
  }
}
