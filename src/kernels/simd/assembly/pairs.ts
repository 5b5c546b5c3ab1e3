import { ABSOLUTE, HUBER, SQUARE } from './curves';
import { addTo, constant, flush, log4, one } from './math';
import { addToRows, alike, ownOf } from './rows';
import { run, targetOf } from './target';

@inline
function pairLoss(code: i32, p: v128, g: v128, own: v128, delta: f32): v128 {
  const d = f32x4.abs(f32x4.sub(p, g));
  if (code == SQUARE) return f32x4.mul(d, d);
  if (code == ABSOLUTE) return d;
  if (code == HUBER) {
    const inside = f32x4.mul(f32x4.mul(d, d), constant(0.5));
    const beyond = f32x4.mul(constant(delta), f32x4.sub(d, constant(delta * 0.5)));
    return v128.bitselect(inside, beyond, f32x4.lt(d, constant(delta)));
  }
  // Jensen-Shannon of a hard target: p ln(2) / 2 off the class, and with m = (1 + p) / 2 on it (p ln(p / m) - ln m) / 2.
  let loss = f32x4.mul(p, constant(0.34657359027997264));
  if (v128.any_true(own)) {
    const m = f32x4.mul(f32x4.add(p, constant(1)), constant(0.5));
    const logM = log4(m);
    const ratio = v128.and(f32x4.mul(p, f32x4.sub(log4(p), logM)), f32x4.ne(p, constant(0)));
    loss = v128.bitselect(f32x4.mul(f32x4.sub(ratio, logM), constant(0.5)), loss, own);
  }
  return loss;
}

/** See sumPairs of the scalar kernels. Jensen-Shannon takes class ids only. */
export function sumPairs(
  p: usize,
  labels: usize,
  targets: usize,
  code: i32,
  delta: f32,
  sums: usize,
  channels: i32,
  stride: i32,
  count: i32,
): void {
  if (code == SQUARE) pairs<i8>(p, labels, targets, delta, sums, channels, stride, count);
  else if (code == ABSOLUTE) pairs<i16>(p, labels, targets, delta, sums, channels, stride, count);
  else if (code == HUBER) pairs<i32>(p, labels, targets, delta, sums, channels, stride, count);
  else pairs<i64>(p, labels, targets, delta, sums, channels, stride, count);
}

function pairs<T>(
  p: usize,
  labels: usize,
  targets: usize,
  delta: f32,
  sums: usize,
  channels: i32,
  stride: i32,
  count: i32,
): void {
  const code = sizeof<T>() == 1 ? SQUARE : sizeof<T>() == 2 ? ABSOLUTE : sizeof<T>() == 4 ? HUBER : 3;
  const end = <usize>count << 2;
  for (let c = 0; c < channels; c++) {
    const row = <usize>(c * stride) << 2;
    const channel = i32x4.splat(c);
    let inside = f64x2.splat(0);
    let outside = f64x2.splat(0);
    for (let start: usize = 0; start < end; start += run) {
      let runInside = constant(0);
      let runOutside = constant(0);
      const stop = min(start + run, end);
      for (let i = start; i < stop; i += 16) {
        const y = v128.load(labels + i);
        const valid = i32x4.ge_s(y, i32x4.splat(0));
        const g = targetOf(targets, row + i, y, channel);
        const own = v128.and(f32x4.gt(g, constant(0.5)), valid);
        const loss = v128.and(pairLoss(code, v128.load(p + row + i), g, own, delta), valid);
        runInside = f32x4.add(runInside, v128.and(loss, own));
        runOutside = f32x4.add(runOutside, v128.andnot(loss, own));
      }
      inside = addTo(inside, runInside);
      outside = addTo(outside, runOutside);
    }
    flush(sums + (<usize>c << 4), outside);
    flush(sums + (<usize>c << 4) + 8, inside);
  }
}

/** Adds the loss of every pixel's p in the channel of its class to the second of the two sums of that class. */
export function sumOwnPairs(
  p: usize,
  labels: usize,
  code: i32,
  delta: f32,
  sums: usize,
  stride: i32,
  count: i32,
): void {
  const row = <usize>stride << 2;
  const all = v128.not(constant(0));
  for (let i: usize = 0, end = <usize>count << 2; i < end; i += 16) {
    const y = v128.load(labels + i);
    addToRows(sums + 8, 16, y, alike(y), pairLoss(code, ownOf(p, y, row, i), one(), all, delta));
  }
}
