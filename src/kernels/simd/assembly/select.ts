import { addTo, constant, flush } from './math';

// Singles by their bits: as integers that are ordered as the numbers are, NaN of either sign above all, -0 as 0.

@inline
function keys4(values: v128): v128 {
  const bits = f32x4.add(values, constant(0));
  const ordered = v128.xor(bits, v128.and(i32x4.shr_s(bits, 31), i32x4.splat(0x7fffffff)));
  return v128.bitselect(ordered, i32x4.splat(0x7fffffff), f32x4.eq(bits, bits));
}

/** Counts the upper halves of the keys, from the least on. */
export function countUpper(values: usize, counts: usize, count: i32): void {
  const middle = counts + (32_768 << 2);
  const end = values + (<usize>count << 2);
  for (; values + 16 <= end; values += 16) {
    const upper = i32x4.shl(i32x4.shr_s(keys4(v128.load(values)), 16), 2);
    bump(middle + i32x4.extract_lane(upper, 0));
    bump(middle + i32x4.extract_lane(upper, 1));
    bump(middle + i32x4.extract_lane(upper, 2));
    bump(middle + i32x4.extract_lane(upper, 3));
  }
  for (; values < end; values += 4) {
    const key = i32x4.extract_lane(keys4(v128.load32_splat(values)), 0);
    bump(middle + ((key >> 16) << 2));
  }
}

@inline
function bump(at: usize): void {
  store<i32>(at, load<i32>(at) + 1);
}

/**
 * From the largest of the 65,536 bins down to the one in which the n-th lies: writes its index, how many lie above, their sum, and the
 * number and the count of the bin; `upper` is the upper half of all keys.
 */
export function findBin(counts: usize, n: i32, upper: i32, found: usize): void {
  let bin = 65_535;
  let above = 0;
  let sum: f64 = 0;
  for (; bin > 0; bin--) {
    const count = load<i32>(counts + (<usize>bin << 2));
    if (above + count >= n) break;
    if (count == 0) continue;
    above += count;
    sum += <f64>count * <f64>numberOf((upper << 16) | bin);
  }
  store<f64>(found, <f64>bin);
  store<f64>(found + 8, <f64>above);
  store<f64>(found + 16, sum);
  store<f64>(found + 24, <f64>numberOf((upper << 16) | bin));
  store<f64>(found + 32, <f64>load<i32>(counts + (<usize>bin << 2)));
}

/** The number of a key. */
@inline
function numberOf(key: i32): f32 {
  return reinterpret<f32>(key < 0 ? key ^ 0x7fffffff : key);
}

/** Adds up the values whose upper half is above `upper`, and counts the lower halves of those that have it. */
export function splitUpper(values: usize, upper: i32, counts: usize, sum: usize, count: i32): void {
  const end = values + (<usize>count << 2);
  const bound = i32x4.splat(upper);
  let all = f64x2.splat(0);
  for (; values + 16 <= end; values += 16) {
    const x = v128.load(values);
    const keys = keys4(x);
    const halves = i32x4.shr_s(keys, 16);
    all = addTo(all, v128.and(x, i32x4.gt_s(halves, bound)));
    if (!v128.any_true(i32x4.eq(halves, bound))) continue;
    for (let k: usize = 0; k < 16; k += 4) {
      const key = i32x4.extract_lane(keys4(v128.load32_splat(values + k)), 0);
      if (key >> 16 == upper) bump(counts + (<usize>(key & 0xffff) << 2));
    }
  }
  for (; values < end; values += 4) {
    const key = i32x4.extract_lane(keys4(v128.load32_splat(values)), 0);
    if (key >> 16 > upper) store<f64>(sum, load<f64>(sum) + <f64>load<f32>(values));
    else if (key >> 16 == upper) bump(counts + (<usize>(key & 0xffff) << 2));
  }
  flush(sum, all);
}
