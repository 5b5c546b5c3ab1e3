/** See transpose of the scalar kernels. Up to three singles behind the last row are read as well. */
export function transpose(from: usize, width: i32, out: usize, stride: i32, rows: i32, columns: i32): void {
  const down = <usize>width << 2;
  const apart = <usize>stride << 2;
  const whole = columns & ~3;
  let row = 0;
  for (; row + 4 <= rows; row += 4) {
    let at = from;
    let to = out;
    for (let column = 0; column < whole; column += 4) {
      const a = v128.load(at);
      const b = v128.load(at + down);
      const c = v128.load(at + 2 * down);
      const d = v128.load(at + 3 * down);
      const ab = v128.shuffle<i32>(a, b, 0, 4, 1, 5);
      const cd = v128.shuffle<i32>(c, d, 0, 4, 1, 5);
      v128.store(to, v128.shuffle<i64>(ab, cd, 0, 2));
      v128.store(to + apart, v128.shuffle<i64>(ab, cd, 1, 3));
      const upper = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
      const lower = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
      v128.store(to + 2 * apart, v128.shuffle<i64>(upper, lower, 0, 2));
      v128.store(to + 3 * apart, v128.shuffle<i64>(upper, lower, 1, 3));
      at += 16;
      to += 4 * apart;
    }
    if (whole < columns) {
      const a = v128.load(at);
      const b = v128.load(at + down);
      const c = v128.load(at + 2 * down);
      const d = v128.load(at + 3 * down);
      const ab = v128.shuffle<i32>(a, b, 0, 4, 1, 5);
      const cd = v128.shuffle<i32>(c, d, 0, 4, 1, 5);
      v128.store(to, v128.shuffle<i64>(ab, cd, 0, 2));
      if (whole + 1 < columns) v128.store(to + apart, v128.shuffle<i64>(ab, cd, 1, 3));
      if (whole + 2 < columns) {
        const upper = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
        const lower = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
        v128.store(to + 2 * apart, v128.shuffle<i64>(upper, lower, 0, 2));
      }
    }
    from += 4 * down;
    out += 16;
  }
  for (; row < rows; row++) {
    for (let column: usize = 0; column < <usize>columns; column++) {
      store<f32>(out + column * apart, load<f32>(from + (column << 2)));
    }
    from += down;
    out += 4;
  }
}

/** See widenHalf of the scalar kernels. The codes may be the upper half of where the values go. */
export function widenHalf(codes: usize, out: usize, count: i32): void {
  const whole = <usize>count & ~7;
  const end = <usize>count;
  let i: usize = 0;
  for (; i < whole; i += 8) {
    const eight = v128.load(codes + (i << 1));
    const upper = widen(i32x4.extend_high_i16x8_u(eight));
    v128.store(out + (i << 2), widen(i32x4.extend_low_i16x8_u(eight)));
    v128.store(out + (i << 2) + 16, upper);
  }
  for (; i < end; i++) {
    v128.store_lane<f32>(out + (i << 2), widen(i32x4.splat(<i32>load<u16>(codes + (i << 1)))), 0);
  }
}

/** Four codes: sign 1 bit, exponent 5 bits (bias 15), fraction 10 bits. */
@inline
function widen(codes: v128): v128 {
  const size = v128.and(codes, i32x4.splat(0x7fff));
  const sign = i32x4.shl(v128.xor(codes, size), 16);
  // The exponent of a single has bias 127: 112 more. The largest one, of infinity and NaN, becomes the largest one, another 112 more.
  const shift = i32x4.splat(112 << 23);
  const special = v128.and(i32x4.gt_s(size, i32x4.splat(0x7bff)), shift);
  const normal = i32x4.add(i32x4.add(i32x4.shl(size, 13), shift), special);
  // Below 2^-14 the fraction stands alone: it is put behind a 1 that is then taken off, both exact.
  const least = i32x4.splat(113 << 23);
  const small = f32x4.sub(i32x4.add(i32x4.shl(size, 13), least), least);
  return v128.or(sign, v128.bitselect(small, normal, i32x4.lt_s(size, i32x4.splat(0x400))));
}
