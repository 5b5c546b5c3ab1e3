import { constant, flush, lengthOf } from './math';

/**
 * See summariseGradient of the scalar kernels: [largest, pixels below 1e-6, valid pixels, squares of ignored pixels, squares per
 * row], rows by pixel or, with `byChannel`, by channel.
 */
export function summariseGradient(
  gradient: usize,
  rowOf: usize,
  byChannel: bool,
  summary: usize,
  channels: i32,
  stride: i32,
  count: i32,
): void {
  const row = (<usize>stride) << 2;
  for (let i: usize = 0, end = (<usize>count) << 2; i < end; i += 16) {
    const y = v128.load(rowOf + i);
    // Lanes past the last pixel hold the least integer.
    const real = i32x4.gt_s(y, i32x4.splat(i32.MIN_VALUE));
    const valid = i32x4.ge_s(y, i32x4.splat(0));
    let low = f64x2.splat(0);
    let high = f64x2.splat(0);
    let largest = constant(0);
    for (let c = 0, at = gradient + i; c < channels; c++, at += row) {
      const value = v128.and(v128.load(at), real);
      const size = f32x4.abs(value);
      // WebAssembly's own max keeps a NaN once it is there.
      largest = f32x4.max(largest, size);
      const first = f64x2.promote_low_f32x4(value);
      const second = f64x2.promote_low_f32x4(v128.shuffle<i32>(value, value, 2, 3, 2, 3));
      const firstSquare = f64x2.mul(first, first);
      const secondSquare = f64x2.mul(second, second);
      if (byChannel) {
        const lowValid = i64x2.extend_low_i32x4_s(valid);
        const highValid = i64x2.extend_high_i32x4_s(valid);
        const own = f64x2.add(v128.and(firstSquare, lowValid), v128.and(secondSquare, highValid));
        flush(summary + ((<usize>(4 + c)) << 3), own);
        low = f64x2.add(low, v128.andnot(firstSquare, lowValid));
        high = f64x2.add(high, v128.andnot(secondSquare, highValid));
      } else {
        low = f64x2.add(low, firstSquare);
        high = f64x2.add(high, secondSquare);
      }
    }
    keep(summary, i32x4.extract_lane(y, 0), f32x4.extract_lane(largest, 0), f64x2.extract_lane(low, 0));
    keep(summary, i32x4.extract_lane(y, 1), f32x4.extract_lane(largest, 1), f64x2.extract_lane(low, 1));
    keep(summary, i32x4.extract_lane(y, 2), f32x4.extract_lane(largest, 2), f64x2.extract_lane(high, 0));
    keep(summary, i32x4.extract_lane(y, 3), f32x4.extract_lane(largest, 3), f64x2.extract_lane(high, 1));
  }
}

/** See pixelReach of the scalar kernels; `labels` may be 0. */
export function pixelReach(
  gradient: usize,
  labels: usize,
  out: usize,
  channels: i32,
  stride: i32,
  count: i32,
): void {
  const row = (<usize>stride) << 2;
  for (let i: usize = 0, end = (<usize>count) << 2; i < end; i += 16) {
    let low = f64x2.splat(0);
    let high = f64x2.splat(0);
    let largest = constant(0);
    const y = labels == 0 ? i32x4.splat(-1) : v128.load(labels + i);
    for (let c = 0, at = gradient + i; c < channels; c++, at += row) {
      const value = f32x4.sub(v128.load(at), v128.and(constant(1), i32x4.eq(y, i32x4.splat(c))));
      const first = f64x2.promote_low_f32x4(value);
      const second = f64x2.promote_low_f32x4(v128.shuffle<i32>(value, value, 2, 3, 2, 3));
      low = f64x2.add(low, f64x2.mul(first, first));
      high = f64x2.add(high, f64x2.mul(second, second));
      largest = f32x4.pmax(f32x4.abs(value), largest);
    }
    const length = lengthOf(low, high);
    v128.store(out + i, length);
    // pmax loses a NaN; the length has kept it.
    v128.store(out + row + i, v128.or(largest, f32x4.ne(length, length)));
  }
}

/** See summariseSlopes of the scalar kernels. */
export function summariseSlopes(
  slopes: usize,
  lengths: usize,
  largest: usize,
  rowOf: usize,
  summary: usize,
  count: i32,
): void {
  for (let i: usize = 0, end = (<usize>count) << 2; i < end; i += 16) {
    const y = v128.load(rowOf + i);
    const slope = f32x4.abs(v128.load(slopes + i));
    // A pixel without a slope has no gradient, whatever its probability.
    const moved = f32x4.ne(slope, constant(0));
    const size = v128.and(f32x4.mul(slope, v128.load(largest + i)), moved);
    const by = v128.load(lengths + i);
    const low = f64x2.mul(f64x2.promote_low_f32x4(slope), f64x2.promote_low_f32x4(by));
    const above = v128.shuffle<i32>(slope, slope, 2, 3, 2, 3);
    const high = f64x2.mul(
      f64x2.promote_low_f32x4(above),
      f64x2.promote_low_f32x4(v128.shuffle<i32>(by, by, 2, 3, 2, 3)),
    );
    const lowMoved = i64x2.extend_low_i32x4_s(moved);
    const highMoved = i64x2.extend_high_i32x4_s(moved);
    const first = v128.and(f64x2.mul(low, low), lowMoved);
    const second = v128.and(f64x2.mul(high, high), highMoved);
    keep(summary, i32x4.extract_lane(y, 0), f32x4.extract_lane(size, 0), f64x2.extract_lane(first, 0));
    keep(summary, i32x4.extract_lane(y, 1), f32x4.extract_lane(size, 1), f64x2.extract_lane(first, 1));
    keep(summary, i32x4.extract_lane(y, 2), f32x4.extract_lane(size, 2), f64x2.extract_lane(second, 0));
    keep(summary, i32x4.extract_lane(y, 3), f32x4.extract_lane(size, 3), f64x2.extract_lane(second, 1));
  }
}

function keep(summary: usize, row: i32, largest: f32, square: f64): void {
  if (row == i32.MIN_VALUE) return;
  const known = load<f64>(summary);
  // NaN compares as false both ways: once there it stays.
  if (!(<f64>largest <= known) && known == known) store<f64>(summary, <f64>largest);
  if (row >= 0) {
    store<f64>(summary + 16, load<f64>(summary + 16) + 1);
    if (largest < 1e-6) store<f64>(summary + 8, load<f64>(summary + 8) + 1);
  }
  const at = summary + ((<usize>(3 + (row < 0 ? 0 : 1 + row))) << 3);
  store<f64>(at, load<f64>(at) + square);
}
