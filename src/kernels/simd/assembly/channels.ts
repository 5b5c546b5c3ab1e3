import { addTo, constant, flush } from './math';

/** One channel of a picture, 0 on the ignored pixels. */
export function keepValid(x: usize, labels: usize, out: usize, count: i32): void {
  for (let i: usize = 0; i < <usize>count << 2; i += 16) {
    const valid = i32x4.ge_s(v128.load(labels + i), i32x4.splat(0));
    v128.store(out + i, v128.and(v128.load(x + i), valid));
  }
}

/** 1 where the label names the channel, else 0. */
export function markMembers(labels: usize, channel: i32, out: usize, count: i32): void {
  for (let i: usize = 0; i < <usize>count << 2; i += 16) {
    const member = i32x4.eq(v128.load(labels + i), i32x4.splat(channel));
    v128.store(out + i, v128.and(member, constant(1)));
  }
}

/** sum x y and sum x, to the two doubles at `sums`. */
export function sumCovered(x: usize, y: usize, sums: usize, count: i32): void {
  let both = f64x2.splat(0);
  let all = f64x2.splat(0);
  let i: usize = 0;
  for (; i < <usize>(count & ~3) << 2; i += 16) {
    const value = v128.load(x + i);
    both = addTo(both, f32x4.mul(value, v128.load(y + i)));
    all = addTo(all, value);
  }
  for (; i < <usize>count << 2; i += 4) {
    const value = <f64>load<f32>(x + i);
    store<f64>(sums, load<f64>(sums) + value * <f64>load<f32>(y + i));
    store<f64>(sums + 8, load<f64>(sums + 8) + value);
  }
  flush(sums, both);
  flush(sums + 8, all);
}

/** out = a x + b at the pixels that are not ignored, 0 elsewhere. */
export function blend(a: f32, x: usize, b: f32, labels: usize, out: usize, count: i32): void {
  for (let i: usize = 0; i < <usize>count << 2; i += 16) {
    const valid = i32x4.ge_s(v128.load(labels + i), i32x4.splat(0));
    const value = f32x4.add(f32x4.mul(constant(a), v128.load(x + i)), constant(b));
    v128.store(out + i, v128.and(value, valid));
  }
}

/** Where the numbers are that are not 0, and these numbers; returns how many there are. */
export function collect(x: usize, at: usize, values: usize, count: i32): i32 {
  let found = 0;
  for (let i = 0; i < count; i += 4) {
    const four = v128.load(x + (<usize>i << 2));
    if (!v128.any_true(f32x4.ne(four, constant(0)))) continue;
    for (let k = i; k < min(i + 4, count); k++) {
      const value = load<f32>(x + (<usize>k << 2));
      if (value == 0) continue;
      store<i32>(at + (<usize>found << 2), k);
      store<f32>(values + (<usize>found << 2), value);
      found++;
    }
  }
  return found;
}
