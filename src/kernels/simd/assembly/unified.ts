import { addTo, constant, flush, log4, power4 } from './math';

/** See unifiedSums of the scalar kernels, for class ids: five sums per side. */
export function unifiedSums(
  p: usize,
  labels: usize,
  gamma: f32,
  clip: f32,
  sums: usize,
  channels: i32,
  stride: i32,
  count: i32,
): void {
  const end = <usize>count << 2;
  for (let c = 0; c < channels; c++) {
    const row = <usize>(c * stride) << 2;
    const channel = i32x4.splat(c);
    let hit = f64x2.splat(0);
    let miss = f64x2.splat(0);
    let excess = f64x2.splat(0);
    let focal = f64x2.splat(0);
    let log = f64x2.splat(0);
    for (let i: usize = 0; i < end; i += 16) {
      const y = v128.load(labels + i);
      const valid = i32x4.ge_s(y, i32x4.splat(0));
      const own = i32x4.eq(y, channel);
      const q = f32x4.pmax(f32x4.pmin(v128.load(p + row + i), constant(1 - clip)), constant(clip));
      excess = addTo(excess, v128.andnot(v128.and(q, valid), own));
      if (!v128.any_true(own)) continue;
      const missed = f32x4.sub(constant(1), q);
      const u = f32x4.sub(constant(0), log4(q));
      hit = addTo(hit, v128.and(q, own));
      miss = addTo(miss, v128.and(missed, own));
      log = addTo(log, v128.and(u, own));
      focal = addTo(focal, v128.and(f32x4.mul(power4(missed, gamma), u), own));
    }
    const at = sums + <usize>(c * 40);
    flush(at, hit);
    flush(at + 8, miss);
    flush(at + 16, excess);
    flush(at + 24, focal);
    flush(at + 32, log);
  }
}
