/** Steps from here on: no other label on that side. */
const none: u32 = 65_535;

/**
 * Steps to the nearest row before with another label. The row before the first one of `labels` and of `counts` is what the
 * rows above left. Labels and steps are 16 bits wide.
 */
export function stepsDown(labels: usize, counts: usize, width: i32, rows: i32): void {
  const row = <usize>width << 1;
  const even = row & ~15;
  for (let y = 0; y < rows; y++, labels += row, counts += row) {
    for (let x: usize = 0; x < even; x += 16) {
      const same = i16x8.eq(v128.load(labels + x), v128.load(labels + x - row));
      v128.store(counts + x, i16x8.add_sat_u(v128.and(v128.load(counts + x - row), same), i16x8.splat(1)));
    }
    for (let x = even; x < row; x += 2) {
      const same = load<i16>(labels + x) == load<i16>(labels + x - row);
      store<u16>(counts + x, <u16>(same ? min(<u32>load<u16>(counts + x - row) + 1, none) : 1));
    }
  }
}

/**
 * From the last row to the first: `counts` becomes the steps to the nearest row on either side, and `up` keeps those to the
 * nearest row after. The row after the last one of `labels` is what the rows below left.
 */
export function stepsUp(labels: usize, counts: usize, up: usize, width: i32, rows: i32): void {
  const row = <usize>width << 1;
  const even = row & ~15;
  for (let y = rows - 1; y >= 0; y--) {
    const at = <usize>y * row;
    for (let x: usize = 0; x < even; x += 16) {
      const same = i16x8.eq(v128.load(labels + at + x), v128.load(labels + at + x + row));
      const below = i16x8.add_sat_u(v128.and(v128.load(up + x), same), i16x8.splat(1));
      v128.store(up + x, below);
      v128.store(counts + at + x, i16x8.min_u(below, v128.load(counts + at + x)));
    }
    for (let x = even; x < row; x += 2) {
      const same = load<i16>(labels + at + x) == load<i16>(labels + at + x + row);
      const below = same ? min(<u32>load<u16>(up + x) + 1, none) : 1;
      store<u16>(up + x, <u16>below);
      store<u16>(counts + at + x, <u16>min(below, <u32>load<u16>(counts + at + x)));
    }
  }
}
