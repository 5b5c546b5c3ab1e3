import { addTo, constant, exp4, flush, log4 } from './math';

/** See softmaxLossAt of the scalar kernels: sums of the loss, its slope and its curvature. Pixels past the last have a label below 0. */
export function softmaxLossAt(
  below: usize,
  labels: usize,
  factor: f32,
  sums: usize,
  channels: i32,
  stride: i32,
  count: i32,
): void {
  const row = <usize>stride << 2;
  let loss = f64x2.splat(0);
  let slope = f64x2.splat(0);
  let curvature = f64x2.splat(0);
  for (let i: usize = 0, end = <usize>count << 2; i < end; i += 16) {
    const y = v128.load(labels + i);
    let sum = constant(0);
    let first = constant(0);
    let second = constant(0);
    let own = constant(0);
    for (let c = 0, at = below + i; c < channels; c++, at += row) {
      const d = v128.load(at);
      const e = exp4(f32x4.mul(d, constant(factor)));
      const ed = f32x4.mul(e, d);
      sum = f32x4.add(sum, e);
      first = f32x4.add(first, ed);
      second = f32x4.add(second, f32x4.mul(ed, d));
      own = v128.bitselect(d, own, i32x4.eq(y, i32x4.splat(c)));
    }
    const valid = i32x4.ge_s(y, i32x4.splat(0));
    const mean = f32x4.div(first, sum);
    loss = addTo(loss, v128.and(f32x4.sub(log4(sum), f32x4.mul(own, constant(factor))), valid));
    slope = addTo(slope, v128.and(f32x4.sub(mean, own), valid));
    curvature = addTo(curvature, v128.and(f32x4.sub(f32x4.div(second, sum), f32x4.mul(mean, mean)), valid));
  }
  flush(sums, loss);
  flush(sums + 8, slope);
  flush(sums + 16, curvature);
}
