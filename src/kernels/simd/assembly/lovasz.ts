import { constant } from './math';

/** Bits of a digit, and values that it has. */
const bits: u32 = 11;
const digits: u32 = 2048;

/** What comes after all numbers. */
const last: u32 = 0xffffffff;

/** The bits of a number, so that they rise as it falls; NaN first, -0 as 0. */
@inline
function keyOf(value: f32): u32 {
  if (value != value) return 0;
  const own = reinterpret<u32>(value + 0);
  return own >> 31 ? own : ~own & 0x7fffffff;
}

@inline
function digitOf(item: u64, shift: u32): usize {
  return (<usize>((<u32>item >> shift) & (digits - 1))) << 2;
}

/**
 * Orders the errors of the pixels that are not ignored from the largest to the least, equal ones as they come: items of 8 bytes, the upper half
 * of which says where an error stands. `counts` has room for three times 2,048 numbers. Returns how many there are; the others come last.
 */
function rank(errors: usize, labels: usize, items: usize, other: usize, counts: usize, count: i32): i32 {
  memory.fill(counts, 0, (3 * digits) << 2);
  let valid = 0;
  for (let i = 0; i < count; i++) {
    const at = <usize>i << 2;
    const known = load<i32>(labels + at) >= 0;
    const key = known ? keyOf(load<f32>(errors + at)) : last;
    valid += <i32>known;
    store<u64>(items + (<usize>i << 3), (<u64>i << 32) | key);
    for (let shift: u32 = 0; shift < 32; shift += bits) bump(counts + ((shift / bits) * digits << 2) + digitOf(key, shift));
  }
  for (let shift: u32 = 0; shift < 32; shift += bits) {
    const own = counts + ((shift / bits) * digits << 2);
    if (load<u32>(own + digitOf(load<u64>(items), shift)) == <u32>count) continue;
    let sum: u32 = 0;
    for (let digit: u32 = 0; digit < digits; digit++) {
      const at = own + (digit << 2);
      const before = sum;
      sum += load<u32>(at);
      store<u32>(at, before);
    }
    for (let at = items, end = items + (<usize>count << 3); at < end; at += 8) {
      const item = load<u64>(at);
      const place = own + digitOf(item, shift);
      const to = load<u32>(place);
      store<u32>(place, to + 1);
      store<u64>(other + (<usize>to << 3), item);
    }
    const swap = items;
    items = other;
    other = swap;
  }
  ranked = items;
  return valid;
}

/** Where the items stand in the end. */
let ranked: usize = 0;

@inline
function bump(at: usize): void {
  store<u32>(at, load<u32>(at) + 1);
}

/** See the scalar kernel. `scratch` has room for 16 bytes per error and three times 2,048 numbers. */
export function lovaszExtension(
  errors: usize,
  truth: usize,
  labels: usize,
  least: f64,
  steps: usize,
  scratch: usize,
  count: i32,
): f64 {
  const items = scratch + ((3 * digits) << 2);
  const valid = rank(errors, labels, items, items + (<usize>count << 3), scratch, count);
  memory.fill(steps, 0, <usize>count << 2);
  let members: f64 = 0;
  for (let i = 0; i < count; i++) {
    if (load<i32>(labels + (<usize>i << 2)) >= 0) members += <f64>load<f32>(truth + (<usize>i << 2));
  }
  let missed = members;
  let joined = members;
  let before: f64 = 0;
  let value: f64 = 0;
  for (let at = ranked, end = ranked + (<usize>valid << 3); at < end; at += 8) {
    const i = <usize>load<u32>(at + 4) << 2;
    const g = <f64>load<f32>(truth + i);
    missed -= g;
    joined += 1 - g;
    const jaccard = 1 - missed / joined;
    const step = jaccard - before;
    before = jaccard;
    store<f32>(steps + i, <f32>step);
    value += max(<f64>load<f32>(errors + i), least) * step;
  }
  return value;
}

/** errors = |g - p|. */
export function absoluteErrors(p: usize, g: usize, errors: usize, count: i32): void {
  for (let i: usize = 0; i < <usize>count << 2; i += 16) {
    v128.store(errors + i, f32x4.abs(f32x4.sub(v128.load(p + i), v128.load(g + i))));
  }
}

/** errors = 1 - y z, y = 2 g - 1. */
export function hingeErrors(z: usize, g: usize, errors: usize, count: i32): void {
  const one = constant(1);
  for (let i: usize = 0; i < <usize>count << 2; i += 16) {
    const truth = v128.load(g + i);
    const side = f32x4.sub(f32x4.add(truth, truth), one);
    v128.store(errors + i, f32x4.sub(one, f32x4.mul(side, v128.load(z + i))));
  }
}

/** Steps times sign(p - g). */
export function absoluteSlopes(p: usize, g: usize, steps: usize, count: i32): void {
  const minus = i32x4.splat(0x80000000);
  for (let i: usize = 0; i < <usize>count << 2; i += 16) {
    const difference = f32x4.sub(v128.load(p + i), v128.load(g + i));
    const step = v128.and(v128.load(steps + i), f32x4.ne(difference, constant(0)));
    v128.store(steps + i, v128.xor(step, v128.and(difference, minus)));
  }
}

/** Steps times the slopes of max(0, errors). */
export function hingeSlopes(errors: usize, g: usize, steps: usize, count: i32): void {
  for (let i: usize = 0; i < <usize>count << 2; i += 16) {
    const truth = v128.load(g + i);
    const slope = f32x4.sub(constant(1), f32x4.add(truth, truth));
    const step = f32x4.mul(v128.load(steps + i), slope);
    v128.store(steps + i, v128.and(step, f32x4.gt(v128.load(errors + i), constant(0))));
  }
}
