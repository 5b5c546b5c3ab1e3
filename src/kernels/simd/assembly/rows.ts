/** The value of each of four pixels in the channel of its label; of channel 0 where the label is negative. */
@inline
export function ownOf(x: usize, y: v128, row: usize, i: usize): v128 {
  const channel = i32x4.max_s(y, i32x4.splat(0));
  const at = x + i;
  let own = v128.load32_splat(at + <usize>i32x4.extract_lane(channel, 0) * row);
  own = v128.load_lane<u32>(at + <usize>i32x4.extract_lane(channel, 1) * row + 4, own, 1);
  own = v128.load_lane<u32>(at + <usize>i32x4.extract_lane(channel, 2) * row + 8, own, 2);
  return v128.load_lane<u32>(at + <usize>i32x4.extract_lane(channel, 3) * row + 12, own, 3);
}

/** True where four pixels have the same label, as most neighbours have. */
@inline
export function alike(y: v128): bool {
  return i32x4.all_true(i32x4.eq(y, v128.shuffle<i32>(y, y, 0, 0, 0, 0)));
}

/** Adds four values to the doubles at `sums`, `width` bytes apart, of their labels; a negative label counts nowhere. */
@inline
export function addToRows(sums: usize, width: usize, y: v128, same: bool, values: v128): void {
  if (same) {
    const pairs = f32x4.add(values, v128.shuffle<i32>(values, values, 2, 3, 0, 1));
    const all = f32x4.extract_lane(f32x4.add(pairs, v128.shuffle<i32>(pairs, pairs, 1, 0, 3, 2)), 0);
    addToRow(sums, width, i32x4.extract_lane(y, 0), <f64>all);
  } else scatter(sums, width, y, values);
}

function scatter(sums: usize, width: usize, y: v128, values: v128): void {
  addToRow(sums, width, i32x4.extract_lane(y, 0), <f64>f32x4.extract_lane(values, 0));
  addToRow(sums, width, i32x4.extract_lane(y, 1), <f64>f32x4.extract_lane(values, 1));
  addToRow(sums, width, i32x4.extract_lane(y, 2), <f64>f32x4.extract_lane(values, 2));
  addToRow(sums, width, i32x4.extract_lane(y, 3), <f64>f32x4.extract_lane(values, 3));
}

@inline
function addToRow(sums: usize, width: usize, row: i32, value: f64): void {
  if (row < 0) return;
  const at = sums + <usize>row * width;
  store<f64>(at, load<f64>(at) + value);
}
