// Lines: rows of a picture as scratch, with room for a value before and for some after. Vectors go beyond the end of a row, so that
// arrays need room for four values more than they hold.

/** Bytes of a line for rows of so many values. */
@inline
export function lineBytes(width: i32): usize {
  return ((<usize>width << 2) + 47) & ~15;
}

/** Copies a row to a line and puts `edge` at either end. */
@inline
export function copyLine(row: usize, line: usize, width: i32, edge: f32): void {
  const bytes = <usize>width << 2;
  for (let i: usize = 0; i < bytes; i += 16) v128.store(line + i, v128.load(row + i));
  store<f32>(line - 4, edge);
  store<f32>(line + bytes, edge);
}

/** The same with what stands at the ends. */
@inline
export function repeatEnds(line: usize, width: i32): void {
  store<f32>(line - 4, load<f32>(line));
  store<f32>(line + (<usize>width << 2), load<f32>(line + (<usize>width << 2) - 4));
}

/** Copies a row to a line and fills it up with zeros; false where the row holds nothing else. */
@inline
export function copySlopes(row: usize, line: usize, width: i32): bool {
  const bytes = <usize>width << 2;
  let some = i32x4.splat(0);
  for (let i: usize = 0; i < bytes; i += 16) {
    const slopes = v128.load(row + i);
    some = v128.or(some, f32x4.ne(slopes, f32x4.splat(0)));
    v128.store(line + i, slopes);
  }
  for (let k: usize = 0; k < 16; k += 4) store<f32>(line + bytes + k, 0);
  return v128.any_true(some);
}

/** Adds to a row what belongs to its own place, to the place before and to the place after. */
@inline
export function addLines(into: usize, own: usize, before: usize, after: usize, width: i32): void {
  const bytes = <usize>width << 2;
  for (let i: usize = 0; i < bytes; i += 16) {
    const aside = f32x4.add(v128.load(before + i + 4), v128.load(after + i - 4));
    v128.store(into + i, f32x4.add(v128.load(into + i), f32x4.add(v128.load(own + i), aside)));
  }
}
