// exp and ln of four singles at once, exp after Cephes' expf (Moshier 1992): about one unit in the last place over the
// whole range, denormals, infinities and NaN included.

// Constants are read from memory at every use: engines build a vector constant in three instructions, and load one in one.
const table = memory.data<f32>([-104, 89, 1.44269504088896341, 12582912, 0.693359375, 2.12194440e-4, 1.9875691500e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1, 1, 0.4999999153204989, -0.3333395452589829, 0.2500176703051252, -0.1996188596664372, 0.16570076520606458, -0.14919713601971613, 0.14311666135280982, -0.08734802690790276, 15.942385152878742, 0.5, 1.17549435e-38, 8388608, -0.0053648183703198645, -Infinity, 0, NaN, Infinity, 0.030065768466584385, -1.0 / 40320.0, 1.0 / 5040.0, -1.0 / 720.0, 1.0 / 120.0, -1.0 / 24.0, 1.0 / 6.0, -0.5, -87, -88, 0.499992303070639, 0.16667115387997256, 0.04189033178502337, 0.008312501428950105, 0.49999647961557053, -0.3332132257213337, 0.24857163286752548, -0.19153653421630457, 0.13753799080375265, -0.07920449690960761]);

const integers = memory.data<i32>([127, 0x3f3504f3]);
const double = memory.data<f64>([1]);

/** A vector of four times an entry of the table. */
@inline
export function entry(index: usize): v128 {
  return v128.load_splat<f32>(table + (index << 2));
}

/** The same of the table of integers. */
@inline
export function whole(index: usize): v128 {
  return v128.load32_splat(integers + (index << 2));
}

/** A vector of four times the same number. */
@inline
export function constant(value: f32): v128 {
  return f32x4.splat(value);
}

/** Four times 1. */
@inline
export function one(): v128 {
  return entry(12);
}

/** Twice 1, in doubles. */
@inline
export function oneOfTwo(): v128 {
  return v128.load64_splat(double);
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

/** e^x for x between -88 and 0, within 2e-7 of itself; 0 where that is no normal single. In half the steps of `exp4`. */
@inline
export function expBelow4(x: v128): v128 {
  const shifted = f32x4.add(f32x4.mul(x, entry(2)), entry(3));
  const n = f32x4.sub(shifted, entry(3));
  const r = f32x4.add(f32x4.sub(x, f32x4.mul(n, entry(4))), f32x4.mul(n, entry(5)));
  // 1 + r + r^2 Q(r): the cubic Q of least relative error, its two halves side by side.
  const square = f32x4.mul(r, r);
  const low = f32x4.add(f32x4.mul(entry(41), r), entry(40));
  const high = f32x4.add(f32x4.mul(entry(43), r), entry(42));
  const q = f32x4.add(f32x4.mul(high, square), low);
  const y = f32x4.add(f32x4.add(f32x4.mul(q, square), r), entry(12));
  // The magic number leaves no trace in the exponent; 2^-127 comes out as 0.
  return f32x4.mul(y, i32x4.shl(i32x4.add(shifted, whole(0)), 23));
}

/** e^x for x <= 0, however far below. */
@inline
export function expDown4(x: v128): v128 {
  return v128.any_true(f32x4.lt(x, entry(38))) ? exp4(x) : expBelow4(x);
}

/** The same, with 0 for what is no normal single. */
@inline
export function expFlushed4(x: v128): v128 {
  return expBelow4(f32x4.pmax(x, entry(39)));
}

/** ln x of normal singles above 0, within 1e-7 of itself. */
@inline
function logNormal4(x: v128): v128 {
  const shifted = i32x4.sub(x, whole(1));
  const exponent = i32x4.shr_s(shifted, 23);
  const e = f32x4.convert_i32x4_s(exponent);
  // x = 2^e (1 + m) with 1 + m between sqrt(1/2) and sqrt(2): ln(1 + m) = m - m^2 R(m), R of least relative error (3e-8).
  const m = f32x4.sub(i32x4.sub(x, i32x4.shl(exponent, 23)), entry(12));
  const square = f32x4.mul(m, m);
  const first = f32x4.add(f32x4.mul(entry(14), m), entry(13));
  const second = f32x4.add(f32x4.mul(entry(16), m), entry(15));
  const third = f32x4.add(f32x4.mul(entry(18), m), entry(17));
  const fourth = f32x4.add(f32x4.mul(entry(20), m), entry(19));
  const low = f32x4.add(f32x4.mul(second, square), first);
  const high = f32x4.add(f32x4.mul(fourth, square), third);
  const all = f32x4.add(f32x4.mul(high, f32x4.mul(square, square)), low);
  const y = f32x4.sub(f32x4.sub(m, f32x4.mul(all, square)), f32x4.mul(e, entry(5)));
  return f32x4.add(y, f32x4.mul(e, entry(4)));
}

/** ln x; -Infinity at 0, NaN below. */
@inline
export function log4(x: v128): v128 {
  const normal = v128.and(f32x4.ge(x, entry(23)), f32x4.lt(x, entry(29)));
  return i32x4.all_true(normal) ? logNormal4(x) : logOdd4(x);
}

/** The same where there are denormals, zeros, negatives, infinities or NaN among the numbers. */
function logOdd4(value: v128): v128 {
  const small = f32x4.lt(value, entry(23));
  const scaled = v128.bitselect(f32x4.mul(value, entry(24)), value, small);
  let y = f32x4.sub(logNormal4(scaled), v128.and(entry(21), small));
  y = v128.bitselect(entry(26), y, f32x4.eq(value, entry(27)));
  y = v128.bitselect(entry(28), y, f32x4.lt(value, entry(27)));
  return v128.bitselect(y, value, f32x4.lt(value, entry(29)));
}

/** ln(1 + x) for finite x >= 0, without loss where x is tiny. */
@inline
export function log1p4(x: v128): v128 {
  const u = f32x4.add(entry(12), x);
  const lost = f32x4.sub(x, f32x4.sub(u, entry(12)));
  return f32x4.add(log4(u), f32x4.div(lost, u));
}

/** ln(1 + x) for 0 <= x <= 1, without loss where x is tiny: x - x^2 P(x), P of least relative error (3e-8) on the whole range. */
@inline
export function log1pUnit4(x: v128): v128 {
  const square = f32x4.mul(x, x);
  const first = f32x4.add(f32x4.mul(entry(45), x), entry(44));
  const second = f32x4.add(f32x4.mul(entry(47), x), entry(46));
  const third = f32x4.add(f32x4.mul(entry(49), x), entry(48));
  const fourth = f32x4.add(f32x4.mul(entry(25), x), entry(30));
  const low = f32x4.add(f32x4.mul(second, square), first);
  const high = f32x4.add(f32x4.mul(fourth, square), third);
  const all = f32x4.add(f32x4.mul(high, f32x4.mul(square, square)), low);
  return f32x4.sub(x, f32x4.mul(all, square));
}

/** 1 - e^-u without loss where u is small; u below 0 is of a number above 1 that is taken for a probability. */
@inline
export function missed4(u: v128): v128 {
  let y = f32x4.add(f32x4.mul(u, entry(31)), entry(32));
  y = f32x4.add(f32x4.mul(y, u), entry(33));
  y = f32x4.add(f32x4.mul(y, u), entry(34));
  y = f32x4.add(f32x4.mul(y, u), entry(35));
  y = f32x4.add(f32x4.mul(y, u), entry(36));
  y = f32x4.add(f32x4.mul(y, u), entry(37));
  y = f32x4.add(f32x4.mul(f32x4.mul(y, u), u), u);
  const far = f32x4.sub(entry(12), expFlushed4(f32x4.neg(u)));
  return v128.bitselect(y, far, f32x4.lt(f32x4.abs(u), entry(22)));
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
