import { constant, flush } from './math';

// Neighbouring pixels mostly have the same row: four that do are worked on at once, others one by one.

/** True where four pixels have the row of the first. */
@inline
function alike(rows: v128): bool {
  return i32x4.all_true(i32x4.eq(rows, i32x4.splat(i32x4.extract_lane(rows, 0))));
}

/** See squareRanges of the scalar kernels. */
export function squareRanges(squares: usize, labels: usize, ranges: usize, count: i32): void {
  const end = <usize>count << 2;
  let i: usize = 0;
  for (; i + 16 <= end; i += 16) {
    const y = v128.load(labels + i);
    if (!alike(y)) {
      for (let k = i; k < i + 16; k += 4) widen(ranges, load<i32>(labels + k), load<f32>(squares + k));
      continue;
    }
    const row = i32x4.extract_lane(y, 0);
    let low = constant(Infinity);
    let high = constant(0);
    // A run of one row.
    for (;;) {
      const square = v128.load(squares + i);
      const known = v128.and(square, f32x4.ne(square, constant(Infinity)));
      low = f32x4.pmin(low, known);
      high = f32x4.pmax(high, known);
      if (i + 32 > end || !i32x4.all_true(i32x4.eq(v128.load(labels + i + 16), i32x4.splat(row)))) break;
      i += 16;
    }
    widen(ranges, row, least(low));
    widen(ranges, row, -least(f32x4.neg(high)));
  }
  for (; i < end; i += 4) widen(ranges, load<i32>(labels + i), load<f32>(squares + i));
}

@inline
function least(x: v128): f32 {
  return min(
    min(f32x4.extract_lane(x, 0), f32x4.extract_lane(x, 1)),
    min(f32x4.extract_lane(x, 2), f32x4.extract_lane(x, 3)),
  );
}

function widen(ranges: usize, row: i32, square: f32): void {
  if (row < 0) return;
  const at = ranges + (<usize>row << 4);
  const known: f64 = square == Infinity ? 0 : <f64>square;
  store<f64>(at, min(load<f64>(at), known));
  store<f64>(at + 8, max(load<f64>(at + 8), known));
}

/** Adds each pixel's weight to the sum of its row, one after the other as the scalar kernels do. */
export function sumPenalty(
  squares: usize,
  labels: usize,
  table: usize,
  plus: f64,
  inverse: i32,
  clip: f64,
  sums: usize,
  count: i32,
): void {
  const end = <usize>count << 2;
  let i: usize = 0;
  for (; i + 16 <= end; i += 16) {
    const y = v128.load(labels + i);
    const row = i32x4.extract_lane(y, 0);
    if (!alike(y)) {
      for (let k = i; k < i + 16; k += 4) addWeight(squares + k, labels + k, table, plus, inverse, clip, sums);
      continue;
    }
    if (row < 0) continue;
    const at = sums + (<usize>row << 3);
    const square = v128.load(squares + i);
    const low = weight2(f64x2.promote_low_f32x4(square), row, table, plus, inverse, clip);
    const upper = f64x2.promote_low_f32x4(v128.shuffle<i32>(square, square, 2, 3, 2, 3));
    const high = weight2(upper, row, table, plus, inverse, clip);
    const sum = load<f64>(at) + f64x2.extract_lane(low, 0) + f64x2.extract_lane(low, 1);
    store<f64>(at, sum + f64x2.extract_lane(high, 0) + f64x2.extract_lane(high, 1));
  }
  for (; i < end; i += 4) addWeight(squares + i, labels + i, table, plus, inverse, clip, sums);
}

function addWeight(
  square: usize,
  label: usize,
  table: usize,
  plus: f64,
  inverse: i32,
  clip: f64,
  sums: usize,
): void {
  const row = load<i32>(label);
  if (row < 0) return;
  const weight = weight2(f64x2.splat(<f64>load<f32>(square)), row, table, plus, inverse, clip);
  const at = sums + (<usize>row << 3);
  store<f64>(at, load<f64>(at) + f64x2.extract_lane(weight, 0));
}

/** Weights of two pixels of one row. */
@inline
function weight2(square: v128, row: i32, table: usize, plus: f64, inverse: i32, clip: f64): v128 {
  const at = table + (<usize>row << 4);
  const span = load<f64>(at + 8);
  let r = f64x2.splat(0);
  if (span > 0) {
    const d = f64x2.sqrt(v128.and(square, f64x2.ne(square, f64x2.splat(Infinity))));
    const far = inverse
      ? v128.and(f64x2.div(f64x2.splat(1), d), f64x2.ne(d, f64x2.splat(0)))
      : f64x2.sub(f64x2.splat(load<f64>(at)), d);
    r = f64x2.div(far, f64x2.splat(span));
  }
  return f64x2.add(f64x2.splat(plus), f64x2.pmin(f64x2.splat(clip), r));
}

/** Weights of a run of pixels, 0 where there is no class. */
export function penaltyWeights(
  squares: usize,
  labels: usize,
  table: usize,
  plus: f32,
  inverse: i32,
  clip: f32,
  out: usize,
  count: i32,
): void {
  for (let i: usize = 0, end = <usize>count << 2; i < end; i += 16) {
    const y = v128.load(labels + i);
    const row = i32x4.extract_lane(y, 0);
    let from = constant(0);
    let span = constant(0);
    if (!alike(y)) {
      from = tableOf(y, table);
      span = tableOf(y, table + 4);
    } else if (row >= 0) {
      from = v128.load32_splat(table + (<usize>row << 3));
      span = v128.load32_splat(table + (<usize>row << 3) + 4);
    }
    const square = v128.load(squares + i);
    const d = f32x4.sqrt(v128.and(square, f32x4.ne(square, constant(Infinity))));
    const far = inverse
      ? v128.and(f32x4.div(constant(1), d), f32x4.ne(d, constant(0)))
      : f32x4.sub(from, d);
    const r = v128.and(f32x4.div(far, span), f32x4.gt(span, constant(0)));
    const weight = f32x4.add(constant(plus), f32x4.pmin(constant(clip), r));
    v128.store(out + i, v128.and(weight, i32x4.ge_s(y, i32x4.splat(0))));
  }
}

/** An entry of the table for each of four rows. */
@inline
function tableOf(rows: v128, table: usize): v128 {
  return f32x4(
    entryOf(i32x4.extract_lane(rows, 0), table),
    entryOf(i32x4.extract_lane(rows, 1), table),
    entryOf(i32x4.extract_lane(rows, 2), table),
    entryOf(i32x4.extract_lane(rows, 3), table),
  );
}

@inline
function entryOf(row: i32, table: usize): f32 {
  return row < 0 ? 0 : load<f32>(table + (<usize>row << 3));
}

/** See sumWeighed of the scalar kernels. */
export function sumWeighed(losses: usize, rows: usize, weights: usize, sums: usize, totals: usize, count: i32): void {
  let current = -1;
  let sum = f64x2.splat(0);
  let total = f64x2.splat(0);
  for (let i: usize = 0, end = <usize>count << 2; i < end; i += 16) {
    const y = v128.load(rows + i);
    const row = i32x4.extract_lane(y, 0);
    if (!alike(y)) {
      for (let k = i; k < i + 16; k += 4) addWeighed(losses + k, load<i32>(rows + k), weights + k, sums, totals);
      continue;
    }
    if (row < 0) continue;
    if (row != current) {
      flushRow(current, sum, total, sums, totals);
      sum = f64x2.splat(0);
      total = f64x2.splat(0);
      current = row;
    }
    const w = v128.load(weights + i);
    // Nothing times infinity is nothing here.
    const x = v128.and(v128.load(losses + i), f32x4.ne(w, constant(0)));
    const low = f64x2.promote_low_f32x4(w);
    const high = f64x2.promote_low_f32x4(v128.shuffle<i32>(w, w, 2, 3, 2, 3));
    total = f64x2.add(total, f64x2.add(low, high));
    sum = f64x2.add(sum, f64x2.mul(low, f64x2.promote_low_f32x4(x)));
    sum = f64x2.add(sum, f64x2.mul(high, f64x2.promote_low_f32x4(v128.shuffle<i32>(x, x, 2, 3, 2, 3))));
  }
  flushRow(current, sum, total, sums, totals);
}

@inline
function flushRow(row: i32, sum: v128, total: v128, sums: usize, totals: usize): void {
  if (row < 0) return;
  flush(sums + (<usize>row << 3), sum);
  flush(totals + (<usize>row << 3), total);
}

function addWeighed(loss: usize, row: i32, weight: usize, sums: usize, totals: usize): void {
  if (row < 0) return;
  const w = <f64>load<f32>(weight);
  const at = <usize>row << 3;
  if (w != 0) store<f64>(sums + at, load<f64>(sums + at) + w * <f64>load<f32>(loss));
  store<f64>(totals + at, load<f64>(totals + at) + w);
}
