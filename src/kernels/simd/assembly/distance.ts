/** A count of steps from here on stands for: no other label on that side. */
const none: i32 = 1 << 30;

/** A parabola of the envelope, and how far from and how much above the one before it: position, height, span, rise. */
const parabola: usize = 32;

/**
 * Steps to the nearest row before with another label. The row before the first one of `labels` and of `counts` is what the
 * rows above left.
 */
export function stepsDown(labels: usize, counts: usize, width: i32, rows: i32): void {
  const row = <usize>width << 2;
  const even = row & ~15;
  for (let y = 0; y < rows; y++, labels += row, counts += row) {
    for (let x: usize = 0; x < even; x += 16) {
      const same = i32x4.eq(v128.load(labels + x), v128.load(labels + x - row));
      v128.store(counts + x, i32x4.add(v128.and(v128.load(counts + x - row), same), i32x4.splat(1)));
    }
    for (let x = even; x < row; x += 4) {
      const same = load<i32>(labels + x) == load<i32>(labels + x - row);
      store<i32>(counts + x, same ? load<i32>(counts + x - row) + 1 : 1);
    }
  }
}

/**
 * From the last row to the first: steps to the nearest row after with another label, kept in `up`, and the square of the lesser
 * of them and `down` in units of `spacing`. The row after the last one of `labels` is what the rows below left.
 */
export function squaresUp(
  labels: usize,
  down: usize,
  up: usize,
  squares: usize,
  width: i32,
  rows: i32,
  spacing: f64,
): void {
  const row = <usize>width << 2;
  const even = row & ~15;
  for (let y = rows - 1; y >= 0; y--) {
    const at = <usize>y * row;
    for (let x: usize = 0; x < even; x += 16) {
      const same = i32x4.eq(v128.load(labels + at + x), v128.load(labels + at + x + row));
      const below = i32x4.add(v128.and(v128.load(up + x), same), i32x4.splat(1));
      v128.store(up + x, below);
      const steps = i32x4.min_s(below, v128.load(down + at + x));
      const to = squares + ((at + x) << 1);
      v128.store(to, square2(steps, spacing));
      v128.store(to + 16, square2(v128.shuffle<i32>(steps, steps, 2, 3, 2, 3), spacing));
    }
    for (let x = even; x < row; x += 4) {
      const same = load<i32>(labels + at + x) == load<i32>(labels + at + x + row);
      const below = same ? load<i32>(up + x) + 1 : 1;
      store<i32>(up + x, below);
      const steps = min(below, load<i32>(down + at + x));
      const distance = <f64>steps * spacing;
      store<f64>(squares + ((at + x) << 1), steps < none ? distance * distance : Infinity);
    }
  }
}

/** The first two counts as squared distances. */
@inline
function square2(steps: v128, spacing: f64): v128 {
  const distance = f64x2.mul(f64x2.convert_low_i32x4_s(steps), f64x2.splat(spacing));
  const beyond = i64x2.extend_low_i32x4_s(i32x4.ge_s(steps, i32x4.splat(none)));
  return v128.bitselect(f64x2.splat(Infinity), f64x2.mul(distance, distance), beyond);
}

/** The envelope along every row. */
export function alongRows(labels: usize, squares: usize, width: i32, rows: i32, spacing: f64, stack: usize): void {
  for (let y = 0; y < rows; y++) {
    const at = <usize>y * <usize>width;
    alongLine(labels + (at << 2), squares + (at << 3), width, spacing, stack);
  }
}

/** The envelope along every column, sixteen of them at a time as rows of `lines` (labels) and `heights` (squares). */
export function alongColumns(
  labels: usize,
  squares: usize,
  width: i32,
  rows: i32,
  spacing: f64,
  lines: usize,
  heights: usize,
  stack: usize,
): void {
  for (let x = 0; x < width; x += 16) {
    const columns = min(16, width - x);
    const ids = labels + (<usize>x << 2);
    const values = squares + (<usize>x << 3);
    transpose<i32>(ids, width, lines, rows, rows, columns);
    transpose<f64>(values, width, heights, rows, rows, columns);
    for (let c = 0; c < columns; c++) {
      const at = <usize>c * <usize>rows;
      alongLine(lines + (at << 2), heights + (at << 3), rows, spacing, stack);
    }
    transpose<f64>(heights, rows, values, width, columns, rows);
  }
}

/** Writes a block of rows and columns as columns and rows; `pitch` values lie between the rows of each side. */
@inline
function transpose<T>(from: usize, pitch: i32, to: usize, toPitch: i32, rows: i32, columns: i32): void {
  for (let y = 0; y < rows; y++) {
    const source = from + <usize>y * <usize>pitch * sizeof<T>();
    const target = to + <usize>y * sizeof<T>();
    for (let x = 0; x < columns; x++) {
      const value = load<T>(source + <usize>x * sizeof<T>());
      store<T>(target + <usize>x * <usize>toPitch * sizeof<T>(), value);
    }
  }
}

/** See alongLine of the scalar kernel; the steps of the arithmetic are the same, and so are the results. */
function alongLine(labels: usize, squares: usize, length: i32, spacing: f64, stack: usize): void {
  for (let begin = 0; begin < length; ) {
    const label = load<i32>(labels + (<usize>begin << 2));
    let end = begin + 1;
    while (end < length && load<i32>(labels + (<usize>end << 2)) == label) end++;
    envelope(squares, begin, end, length, spacing, stack);
    begin = end;
  }
}

/** See envelope of the scalar kernel. */
function envelope(squares: usize, begin: i32, end: i32, length: i32, spacing: f64, stack: usize): void {
  const weight = spacing * spacing;
  const first = squares + (<usize>begin << 3);
  const last = squares + (<usize>end << 3);
  const left = begin > 0 ? <f64>(begin - 1) : -Infinity;
  const right = end < length ? <f64>end : Infinity;
  let top = stack;
  if (begin > 0) top = push(top, stack, left, 0, weight);
  let position = <f64>begin;
  for (let at = first; at < last; at += 8, position += 1) {
    const height = load<f64>(at);
    if (height < (position - left) * (right - position) * weight) top = push(top, stack, position, height, weight);
  }
  if (end < length) top = push(top, stack, right, 0, weight);
  if (top == stack) return;
  store<f64>(top, 0);
  store<f64>(top + 8, Infinity);
  // The lowest parabola and the next one stay in registers.
  let lowest = stack + parabola;
  let center = load<f64>(stack);
  let height = load<f64>(stack + 8);
  let nextCenter = load<f64>(lowest);
  let nextHeight = load<f64>(lowest + 8);
  position = <f64>begin;
  for (let at = first; at < last; at += 8, position += 1) {
    let value = valueAt(position, center, height, spacing);
    for (;;) {
      const next = valueAt(position, nextCenter, nextHeight, spacing);
      if (!(next < value)) break;
      value = next;
      center = nextCenter;
      height = nextHeight;
      lowest += parabola;
      nextCenter = load<f64>(lowest);
      nextHeight = load<f64>(lowest + 8);
    }
    store<f64>(at, value);
  }
}

/** Height of a parabola at a position. */
@inline
function valueAt(position: f64, center: f64, height: f64, spacing: f64): f64 {
  const gap = (position - center) * spacing;
  return height + gap * gap;
}

/** See push of the scalar kernel. */
@inline
function push(top: usize, stack: usize, position: f64, height: f64, weight: f64): usize {
  let gap: f64 = 0;
  let rise = -Infinity;
  if (top != stack) {
    for (;;) {
      const below = top - parabola;
      gap = position - load<f64>(below);
      rise = height - load<f64>(below + 8);
      const span = load<f64>(below + 16);
      if (!(load<f64>(below + 24) * gap - rise * span >= (gap + span) * gap * span * weight)) break;
      top = below;
    }
  }
  store<f64>(top, position);
  store<f64>(top + 8, height);
  store<f64>(top + 16, gap);
  store<f64>(top + 24, rise);
  return top + parabola;
}
