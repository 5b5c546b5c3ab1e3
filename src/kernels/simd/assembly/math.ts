// exp and ln of four singles at once, after Cephes' expf and logf (Moshier 1992): about one unit in the last place over the
// whole range, denormals, infinities and NaN included.

// Constants are read from memory at every use: engines build a vector constant in three instructions, and load one in one.
const table = memory.data<f32>([-104, 89, 1.44269504088896341, 12582912, 0.693359375, 2.12194440e-4, 1.9875691500e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1, 1, 7.0376836292e-2, -1.1514610310e-1, 1.1676998740e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1, 2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1, 0.5, 1.17549435e-38, 8388608, 0.707106781186547524, -Infinity, 0, NaN, Infinity, 0.41421356237, -1.0 / 40320.0, 1.0 / 5040.0, -1.0 / 720.0, 1.0 / 120.0, -1.0 / 24.0, 1.0 / 6.0, -0.5]);

@inline
function entry(index: usize): v128 {
  return v128.load_splat<f32>(table + (index << 2));
}

/** A vector of four times the same number. */
@inline
export function constant(value: f32): v128 {
  return f32x4.splat(value);
}

/** e^x; 0 below -104, Infinity above 89, NaN stays NaN. */
@inline
export function exp4(value: v128): v128 {
  // pmax and pmin keep a NaN that is their first argument, and are one instruction each.
  const x = f32x4.pmin(f32x4.pmax(value, entry(0)), entry(1));
  // Adding 1.5 * 2^23 rounds to the nearest integer, which then stands in the low bits.
  const shifted = f32x4.add(f32x4.mul(x, entry(2)), entry(3));
  const whole = f32x4.sub(shifted, entry(3));
  const n = i32x4.sub(shifted, i32x4.splat(0x4b400000));
  const r = f32x4.add(
    f32x4.sub(x, f32x4.mul(whole, entry(4))),
    f32x4.mul(whole, entry(5)),
  );
  let y = f32x4.add(f32x4.mul(entry(6), r), entry(7));
  y = f32x4.add(f32x4.mul(y, r), entry(8));
  y = f32x4.add(f32x4.mul(y, r), entry(9));
  y = f32x4.add(f32x4.mul(y, r), entry(10));
  y = f32x4.add(f32x4.mul(y, r), entry(11));
  y = f32x4.add(f32x4.add(f32x4.mul(y, f32x4.mul(r, r)), r), entry(12));
  // 2^n in two halves, so that denormal and overflowing results come out right.
  const half = i32x4.shr_s(n, 1);
  const rest = i32x4.sub(n, half);
  const bias = i32x4.splat(127);
  y = f32x4.mul(y, i32x4.shl(i32x4.add(half, bias), 23));
  return f32x4.mul(y, i32x4.shl(i32x4.add(rest, bias), 23));
}

/** ln(1 + m) of a mantissa between sqrt(1/2) - 1 and sqrt(2) - 1, with the low part of e ln 2. */
@inline
function logNearOne(m: v128, e: v128): v128 {
  const z = f32x4.mul(m, m);
  let y = f32x4.add(f32x4.mul(entry(13), m), entry(14));
  y = f32x4.add(f32x4.mul(y, m), entry(15));
  y = f32x4.add(f32x4.mul(y, m), entry(16));
  y = f32x4.add(f32x4.mul(y, m), entry(17));
  y = f32x4.add(f32x4.mul(y, m), entry(18));
  y = f32x4.add(f32x4.mul(y, m), entry(19));
  y = f32x4.add(f32x4.mul(y, m), entry(20));
  y = f32x4.add(f32x4.mul(y, m), entry(21));
  y = f32x4.mul(f32x4.mul(y, m), z);
  y = f32x4.sub(y, f32x4.mul(e, entry(5)));
  y = f32x4.sub(y, f32x4.mul(z, entry(22)));
  return f32x4.add(m, y);
}

/** ln x; -Infinity at 0, NaN below. */
@inline
export function log4(value: v128): v128 {
  const small = f32x4.lt(value, entry(23));
  const x = v128.bitselect(f32x4.mul(value, entry(24)), value, small);
  const mantissa = v128.or(v128.and(x, i32x4.splat(0x007fffff)), i32x4.splat(0x3f000000));
  const low = f32x4.lt(mantissa, entry(25));
  let exponent = i32x4.sub(i32x4.shr_u(x, 23), i32x4.splat(126));
  exponent = i32x4.sub(exponent, v128.and(small, i32x4.splat(23)));
  exponent = i32x4.add(exponent, low); // a true lane is -1
  const e = f32x4.convert_i32x4_s(exponent);
  const m = f32x4.sub(f32x4.add(mantissa, v128.and(mantissa, low)), entry(12));
  let y = f32x4.add(logNearOne(m, e), f32x4.mul(e, entry(4)));
  // Zero, negatives, infinity and NaN.
  y = v128.bitselect(entry(26), y, f32x4.eq(value, entry(27)));
  y = v128.bitselect(entry(28), y, f32x4.lt(value, entry(27)));
  const odd = v128.not(f32x4.lt(value, entry(29)));
  return v128.bitselect(value, y, odd);
}

/** ln(1 + x) for finite x >= 0, without loss where x is tiny. */
@inline
export function log1p4(x: v128): v128 {
  const u = f32x4.add(entry(12), x);
  const lost = f32x4.sub(x, f32x4.sub(u, entry(12)));
  return f32x4.add(log4(u), f32x4.div(lost, u));
}

/** ln(1 + x) for 0 <= x <= 1, without loss and without a division. */
@inline
export function log1pUnit4(x: v128): v128 {
  const high = f32x4.gt(x, entry(30));
  // Above sqrt(2) the argument is halved: (1 + x) / 2 - 1 = (x - 1) / 2 is exact.
  const m = v128.bitselect(f32x4.mul(f32x4.sub(x, entry(12)), entry(22)), x, high);
  const e = v128.and(entry(12), high);
  return f32x4.add(logNearOne(m, e), f32x4.mul(e, entry(4)));
}

/** 1 - e^-u for u >= 0, without loss where u is small. */
@inline
export function missed4(u: v128): v128 {
  let y = f32x4.add(f32x4.mul(u, entry(31)), entry(32));
  y = f32x4.add(f32x4.mul(y, u), entry(33));
  y = f32x4.add(f32x4.mul(y, u), entry(34));
  y = f32x4.add(f32x4.mul(y, u), entry(35));
  y = f32x4.add(f32x4.mul(y, u), entry(36));
  y = f32x4.add(f32x4.mul(y, u), entry(37));
  y = f32x4.add(f32x4.mul(f32x4.mul(y, u), u), u);
  const far = f32x4.sub(entry(12), exp4(f32x4.neg(u)));
  return v128.bitselect(y, far, f32x4.lt(u, entry(22)));
}

/** x^exponent for x >= 0. */
@inline
export function power4(x: v128, exponent: f32): v128 {
  if (exponent == 2) return f32x4.mul(x, x);
  if (exponent == 1) return x;
  if (exponent == 0) return entry(12);
  if (exponent == 0.5) return f32x4.sqrt(x);
  return exp4(f32x4.mul(constant(exponent), log4(x)));
}

/** The four lanes added to two doubles: lanes 0 and 2, lanes 1 and 3. */
@inline
export function addTo(sum: v128, lanes: v128): v128 {
  const upper = v128.shuffle<i32>(lanes, lanes, 2, 3, 2, 3);
  return f64x2.add(sum, f64x2.add(f64x2.promote_low_f32x4(lanes), f64x2.promote_low_f32x4(upper)));
}

/** The roots of four squares as singles. */
@inline
export function lengthOf(low: v128, high: v128): v128 {
  const first = f32x4.demote_f64x2_zero(f64x2.sqrt(low));
  const second = f32x4.demote_f64x2_zero(f64x2.sqrt(high));
  return v128.shuffle<i32>(first, second, 0, 1, 4, 5);
}

/** Adds both lanes to the double at `at`. */
@inline
export function flush(at: usize, sum: v128): void {
  store<f64>(at, load<f64>(at) + f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1));
}

/** The four lanes of counts added up. */
@inline
export function countOf(counts: v128): f64 {
  return <f64>(
    (i32x4.extract_lane(counts, 0) +
      i32x4.extract_lane(counts, 1) +
      i32x4.extract_lane(counts, 2) +
      i32x4.extract_lane(counts, 3))
  );
}
