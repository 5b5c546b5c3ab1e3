import { constant, flush } from './math';

export function add(x: usize, y: usize, out: usize, channels: i32, stride: i32, count: i32): void {
  const row = (<usize>stride) << 2;
  for (let c = 0, start: usize = 0; c < channels; c++, start += row) {
    for (let at = start, end = start + ((<usize>count) << 2); at < end; at += 16) {
      v128.store(out + at, f32x4.add(v128.load(x + at), v128.load(y + at)));
    }
  }
}

export function addScaled(x: usize, factor: f32, out: usize, channels: i32, stride: i32, count: i32): void {
  const row = (<usize>stride) << 2;
  const by = constant(factor);
  for (let c = 0, start: usize = 0; c < channels; c++, start += row) {
    for (let at = start, end = start + ((<usize>count) << 2); at < end; at += 16) {
      v128.store(out + at, f32x4.add(v128.load(out + at), f32x4.mul(by, v128.load(x + at))));
    }
  }
}

export function multiply(d: usize, p: usize, channels: i32, stride: i32, count: i32): void {
  const row = (<usize>stride) << 2;
  for (let c = 0, start: usize = 0; c < channels; c++, start += row) {
    for (let at = start, end = start + ((<usize>count) << 2); at < end; at += 16) {
      v128.store(d + at, f32x4.mul(v128.load(d + at), v128.load(p + at)));
    }
  }
}

export function affine(x: usize, scale: f32, shift: f32, out: usize, channels: i32, stride: i32, count: i32): void {
  const row = (<usize>stride) << 2;
  for (let c = 0, start: usize = 0; c < channels; c++, start += row) {
    for (let at = start, end = start + ((<usize>count) << 2); at < end; at += 16) {
      v128.store(out + at, f32x4.add(f32x4.mul(v128.load(x + at), constant(scale)), constant(shift)));
    }
  }
}

/** Sum of x y over a tile, to the double at `sum`. */
export function product(x: usize, y: usize, sum: usize, channels: i32, stride: i32, count: i32): void {
  const row = (<usize>stride) << 2;
  let all = f64x2.splat(0);
  for (let c = 0, start: usize = 0; c < channels; c++, start += row) {
    let at = start;
    for (const end = start + ((<usize>count & ~3) << 2); at < end; at += 16) {
      const a = v128.load(x + at);
      const b = v128.load(y + at);
      all = f64x2.add(all, f64x2.mul(f64x2.promote_low_f32x4(a), f64x2.promote_low_f32x4(b)));
      all = f64x2.add(
        all,
        f64x2.mul(
          f64x2.promote_low_f32x4(v128.shuffle<i32>(a, a, 2, 3, 2, 3)),
          f64x2.promote_low_f32x4(v128.shuffle<i32>(b, b, 2, 3, 2, 3)),
        ),
      );
    }
    for (const end = start + ((<usize>count) << 2); at < end; at += 4) {
      store<f64>(sum, load<f64>(sum) + <f64>load<f32>(x + at) * <f64>load<f32>(y + at));
    }
  }
  flush(sum, all);
}

