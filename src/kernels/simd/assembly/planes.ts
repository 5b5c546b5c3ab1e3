import { alongLine } from './envelope';
import { closeMargins, margin, nearColumns, nearRow, reach, squares8 } from './near';

/** Columns that are worked on at a time. */
const block: i32 = 8;

// The planes that are being worked on.
let rows: i32 = 0;
let columns: i32 = 0;
/** Distances between planes, rows and columns. */
let planeGap: f64 = 1;
let rowGap: f64 = 1;
let columnGap: f64 = 1;
/** Every gap is 1, and the plane wide enough for short distances to be looked for first. */
let unit: bool = false;
/** Results are doubles. */
let wide: bool = false;

// Scratch: a plane of squares of 16 bits before and after the pass along its columns, the exact ones of what is deep, eight
// columns as lines, a row with its margins, and what was deep in the plane before.
let before: usize = 0;
let after: usize = 0;
let exact: usize = 0;
let ids: usize = 0;
let heights: usize = 0;
let rowIds: usize = 0;
let rowSquares: usize = 0;
let rowOut: usize = 0;
let deepBlocks: usize = 0;
let deepRows: usize = 0;
let stack: usize = 0;

/** Says what the planes are like. `shorts` and `doubles` are scratch, set to 0, of the lengths that the wrapper reckons. */
export function openPlanes(
  height: i32,
  width: i32,
  planeApart: f64,
  rowApart: f64,
  columnApart: f64,
  asDoubles: i32,
  shorts: usize,
  doubles: usize,
): void {
  rows = height;
  columns = width;
  planeGap = planeApart;
  rowGap = rowApart;
  columnGap = columnApart;
  unit = planeApart == 1 && rowApart == 1 && columnApart == 1 && width >= block;
  wide = asDoubles != 0;
  const size = <usize>height * <usize>width;
  const padded = <usize>(width + 2 * margin + block) << 1;
  before = shorts;
  after = before + (size << 1);
  ids = after + (size << 1);
  rowIds = ids + (<usize>(block * height) << 1) + (<usize>margin << 1);
  rowSquares = rowIds + padded;
  rowOut = rowSquares + padded;
  deepBlocks = rowOut + padded;
  deepRows = deepBlocks + <usize>width;
  exact = doubles;
  heights = exact + (size << 3);
  stack = heights + (<usize>(block * height) << 3);
}

/** From the steps along the first axis of some planes to the squared distances of their pixels. */
export function finishPlanes(labels: usize, steps: usize, planes: i32, out: usize): void {
  const size = <usize>rows * <usize>columns;
  for (let plane = 0; plane < planes; plane++) {
    if (rows > 1) alongColumns(labels, steps);
    for (let y = 0; y < rows; y++) {
      const at = <usize>y * <usize>columns;
      alongRow(labels + (at << 1), steps + (at << 1), at, y, out + (at << (wide ? 3 : 2)));
    }
    labels += size << 1;
    steps += size << 1;
    out += size << (wide ? 3 : 2);
  }
}

/** The squares along the first two axes: those of 16 bits, and the exact ones of the blocks of columns that are deep. */
function alongColumns(labels: usize, steps: usize): void {
  const size = <usize>rows * <usize>columns;
  if (unit) for (let at: usize = 0; at < size << 1; at += 16) v128.store(before + at, squares8(v128.load(steps + at)));
  for (let x = 0; x < columns; x += block) {
    // The last block reaches back to be whole.
    const first = unit ? min(x, columns - block) : x;
    const at = <usize>first << 1;
    const flag = deepBlocks + <usize>(x / block);
    if (unit && load<u8>(flag) == 0 && nearColumns(labels + at, before + at, after + at, <usize>columns << 1, rows)) continue;
    store<u8>(flag, <u8>deepColumns(labels, steps, first, min(block, columns - first)));
  }
}

/** The envelope along some columns; true where one of them is still deep. */
function deepColumns(labels: usize, steps: usize, first: i32, count: i32): bool {
  for (let y = 0; y < rows; y++) {
    for (let c = 0; c < count; c++) {
      const at = <usize>(y * columns + first + c);
      const to = <usize>(c * rows + y);
      store<i16>(ids + (to << 1), load<i16>(labels + (at << 1)));
      store<f64>(heights + (to << 3), squareOf(load<u16>(steps + (at << 1))));
    }
  }
  for (let c = 0; c < count; c++) {
    const line = <usize>(c * rows);
    alongLine(ids + (line << 1), heights + (line << 3), rows, rowGap, stack);
  }
  let farthest: f64 = 0;
  for (let y = 0; y < rows; y++) {
    for (let c = 0; c < count; c++) {
      const at = <usize>(y * columns + first + c);
      const square = load<f64>(heights + (<usize>(c * rows + y) << 3));
      store<f64>(exact + (at << 3), square);
      store<u16>(after + (at << 1), <u16>min(square, 65535));
      farthest = max(farthest, square);
    }
  }
  return farthest > reach * reach;
}

@inline
function squareOf(steps: u32): f64 {
  const distance = <f64>steps * planeGap;
  return steps < 65535 ? distance * distance : Infinity;
}

/** The last axis, from the steps of a plane that is a single row or from what the columns left at `at`. */
function alongRow(labels: usize, steps: usize, at: usize, y: i32, out: usize): void {
  const flag = deepRows + <usize>y;
  const bytes = <usize>columns << 1;
  if (unit && load<u8>(flag) == 0) {
    memory.copy(rowIds, labels, bytes);
    if (rows > 1) memory.copy(rowSquares, after + (at << 1), bytes);
    else for (let x: usize = 0; x < bytes; x += 16) v128.store(rowSquares + x, squares8(v128.load(steps + x)));
    closeMargins(rowIds, columns);
    closeMargins(rowSquares, columns);
    if (nearRow(rowIds, rowSquares, rowOut, columns)) {
      writeNear(out);
      return;
    }
  }
  const squares = exact + (at << 3);
  if (rows > 1) fillRow(squares, after + (at << 1));
  else for (let x = 0; x < columns; x++) store<f64>(squares + (<usize>x << 3), squareOf(load<u16>(steps + (<usize>x << 1))));
  alongLine(labels, squares, columns, columnGap, stack);
  store<u8>(flag, <u8>writeDeep(squares, out));
}

/** The exact squares of a row where its blocks of columns are not deep. */
function fillRow(squares: usize, short: usize): void {
  if (!unit) return;
  for (let x = 0; x < columns; x++) {
    if (load<u8>(deepBlocks + <usize>(x / block)) != 0) continue;
    store<f64>(squares + (<usize>x << 3), <f64>load<u16>(short + (<usize>x << 1)));
  }
}

/** Squares of 16 bits as results; up to seven more are written than the row has. */
function writeNear(out: usize): void {
  for (let from = rowOut, end = rowOut + (<usize>columns << 1); from < end; from += 16) {
    const low = i32x4.extend_low_i16x8_u(v128.load(from));
    const high = i32x4.extend_high_i16x8_u(v128.load(from));
    if (wide) {
      write4(low, out);
      write4(high, out + 32);
      out += 64;
    } else {
      v128.store(out, f32x4.convert_i32x4_s(low));
      v128.store(out + 16, f32x4.convert_i32x4_s(high));
      out += 32;
    }
  }
}

@inline
function write4(squares: v128, out: usize): void {
  v128.store(out, f64x2.convert_low_i32x4_s(squares));
  v128.store(out + 16, f64x2.convert_low_i32x4_s(v128.shuffle<i32>(squares, squares, 2, 3, 2, 3)));
}

/** Exact squares as results; true where one is deep. */
function writeDeep(squares: usize, out: usize): bool {
  let farthest: f64 = 0;
  for (let end = squares + (<usize>columns << 3); squares < end; squares += 8) {
    const square = load<f64>(squares);
    farthest = max(farthest, square);
    if (wide) store<f64>(out, square);
    else store<f32>(out, <f32>square);
    out += wide ? 8 : 4;
  }
  return farthest > reach * reach;
}
