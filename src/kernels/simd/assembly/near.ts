// Short distances by trying every offset, eight pixels at a time: fewer instructions than an envelope takes, as long as the
// boundary is near. Squares are 16 bits wide, and all ones where they are larger or unknown.

/** Offsets that are tried; a pixel farther from the boundary makes its line `deep`, a matter for the envelope. */
export const reach: i32 = 96;

/** Pixels before and after a row of `nearRow`: its ends repeated, which can only add what is farther than the ends themselves. */
export const margin: i32 = reach + 8;

/** Squares of steps. */
@inline
export function squares8(steps: v128): v128 {
  const far = v128.xor(i16x8.eq(i16x8.min_u(steps, i16x8.splat(255)), steps), i16x8.splat(-1));
  return v128.or(i16x8.mul(steps, steps), far);
}

/** f at a pixel, or 0 where the label is another one. */
@inline
function within(own: v128, labels: usize, squares: usize): v128 {
  return v128.and(v128.load(squares), i16x8.eq(own, v128.load(labels)));
}

/** Eight columns of `rows` pixels, `pitch` bytes from row to row; false where one is deep. */
export function nearColumns(labels: usize, squares: usize, out: usize, pitch: usize, rows: i32): bool {
  const last = <usize>(rows - 1) * pitch;
  const two = i16x8.splat(2);
  for (let at: usize = 0; at <= last; at += pitch) {
    const own = v128.load(labels + at);
    let best = v128.load(squares + at);
    let before = at;
    let after = at;
    // k^2 and (k + 1)^2 - k^2.
    let square = i16x8.splat(1);
    let rise = i16x8.splat(3);
    for (let k = 1; v128.any_true(i16x8.sub_sat_u(best, square)); k++) {
      if (k > reach) return false;
      if (before > 0) before -= pitch;
      if (after < last) after += pitch;
      const least = i16x8.min_u(
        within(own, labels + before, squares + before),
        within(own, labels + after, squares + after),
      );
      best = i16x8.min_u(best, i16x8.add_sat_u(least, square));
      square = i16x8.add(square, rise);
      rise = i16x8.add(rise, two);
    }
    v128.store(out + at, best);
  }
  return true;
}

/** A row with its margins, in place of `out`; false where it is deep. */
export function nearRow(labels: usize, squares: usize, out: usize, width: i32): bool {
  const two = i16x8.splat(2);
  for (let at: usize = 0, end = <usize>width << 1; at < end; at += 16) {
    const own = v128.load(labels + at);
    let best = v128.load(squares + at);
    let square = i16x8.splat(1);
    let rise = i16x8.splat(3);
    for (let away: usize = 2; v128.any_true(i16x8.sub_sat_u(best, square)); away += 2) {
      if (away > <usize>reach << 1) return false;
      const least = i16x8.min_u(
        within(own, labels + at - away, squares + at - away),
        within(own, labels + at + away, squares + at + away),
      );
      best = i16x8.min_u(best, i16x8.add_sat_u(least, square));
      square = i16x8.add(square, rise);
      rise = i16x8.add(rise, two);
    }
    v128.store(out + at, best);
  }
  return true;
}

/** Repeats the ends of a row in its margins. */
export function closeMargins(row: usize, width: i32): void {
  const end = row + (<usize>width << 1);
  const first = i16x8.splat(load<i16>(row));
  const last = i16x8.splat(load<i16>(end - 2));
  for (let at: usize = 0; at < <usize>margin << 1; at += 16) {
    v128.store(row - (<usize>margin << 1) + at, first);
    v128.store(end + at, last);
  }
}
