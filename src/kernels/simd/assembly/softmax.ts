import { constant, entry, exp4, expBelow4, expDown4, log1p4, log1pUnit4, log4, one, whole } from './math';

/** See softmax of the scalar kernels. `stride` is in values; all rows may be read and written up to the next multiple of four. */
export function softmax(z: usize, p: usize, top: usize, logSum: usize, channels: i32, stride: i32, count: i32): void {
  const row = (<usize>stride) << 2;
  const end = (<usize>(count + 3) & ~3) << 2;
  let at: usize = 0;
  for (; at + 32 <= end; at += 32) softmaxOfEight(z + at, p + at, top + at, logSum + at, channels, row);
  if (at < end) softmaxOfFour(z + at, p + at, top + at, logSum + at, channels, row);
}

function softmaxOfFour(z: usize, p: usize, top: usize, logSum: usize, channels: i32, row: usize): void {
  let high = v128.load(z);
  let low = high;
  for (let c = 1, from = z + row; c < channels; c++, from += row) {
    const score = v128.load(from);
    high = f32x4.pmax(high, score);
    low = f32x4.pmin(low, score);
  }
  const rest = isNear(high, low)
    ? exponentials(z, p, high, true, channels, row)
    : exponentials(z, p, high, false, channels, row);
  const scale = f32x4.div(constant(1), f32x4.add(rest, constant(1)));
  for (let c = 0, to = p; c < channels; c++, to += row) v128.store(to, f32x4.mul(v128.load(to), scale));
  v128.store(top, high);
  v128.store(logSum, log1p4(rest));
}

/** Eight pixels side by side, whose steps the processor can interleave. */
@inline
function softmaxOfEight(z: usize, p: usize, top: usize, logSum: usize, channels: i32, row: usize): void {
  let highA = v128.load(z);
  let highB = v128.load(z, 16);
  let lowA = highA;
  let lowB = highB;
  for (let c = 1, from = z + row; c < channels; c++, from += row) {
    const scoreA = v128.load(from);
    const scoreB = v128.load(from, 16);
    highA = f32x4.pmax(highA, scoreA);
    highB = f32x4.pmax(highB, scoreB);
    lowA = f32x4.pmin(lowA, scoreA);
    lowB = f32x4.pmin(lowB, scoreB);
  }
  if (!isNear(highA, lowA) || !isNear(highB, lowB)) {
    softmaxOfFour(z, p, top, logSum, channels, row);
    return softmaxOfFour(z + 16, p + 16, top + 16, logSum + 16, channels, row);
  }
  let restA = constant(0);
  let restB = constant(0);
  let topsA = i32x4.splat(-1);
  let topsB = i32x4.splat(-1);
  for (let c = 0, from = z, to = p; c < channels; c++, from += row, to += row) {
    const gapA = f32x4.sub(v128.load(from), highA);
    const gapB = f32x4.sub(v128.load(from, 16), highB);
    // expBelow4 of both, whose constants are loaded once.
    const scale = entry(2);
    const magic = entry(3);
    const shiftedA = f32x4.add(f32x4.mul(gapA, scale), magic);
    const shiftedB = f32x4.add(f32x4.mul(gapB, scale), magic);
    const nA = f32x4.sub(shiftedA, magic);
    const nB = f32x4.sub(shiftedB, magic);
    const ln2 = entry(4);
    const correction = entry(5);
    const rA = f32x4.add(f32x4.sub(gapA, f32x4.mul(nA, ln2)), f32x4.mul(nA, correction));
    const rB = f32x4.add(f32x4.sub(gapB, f32x4.mul(nB, ln2)), f32x4.mul(nB, correction));
    const squareA = f32x4.mul(rA, rA);
    const squareB = f32x4.mul(rB, rB);
    const cubic = entry(43);
    const quadratic = entry(42);
    const upA = f32x4.add(f32x4.mul(cubic, rA), quadratic);
    const upB = f32x4.add(f32x4.mul(cubic, rB), quadratic);
    const linear = entry(41);
    const first = entry(40);
    const downA = f32x4.add(f32x4.mul(linear, rA), first);
    const downB = f32x4.add(f32x4.mul(linear, rB), first);
    const qA = f32x4.add(f32x4.mul(upA, squareA), downA);
    const qB = f32x4.add(f32x4.mul(upB, squareB), downB);
    const unit = one();
    const bias = whole(0);
    const yA = f32x4.add(f32x4.add(f32x4.mul(qA, squareA), rA), unit);
    const yB = f32x4.add(f32x4.add(f32x4.mul(qB, squareB), rB), unit);
    const eA = f32x4.mul(yA, i32x4.shl(i32x4.add(shiftedA, bias), 23));
    const eB = f32x4.mul(yB, i32x4.shl(i32x4.add(shiftedB, bias), 23));
    const isTopA = f32x4.eq(gapA, constant(0));
    const isTopB = f32x4.eq(gapB, constant(0));
    restA = f32x4.add(restA, v128.andnot(eA, isTopA));
    restB = f32x4.add(restB, v128.andnot(eB, isTopB));
    topsA = i32x4.sub(topsA, isTopA);
    topsB = i32x4.sub(topsB, isTopB);
    v128.store(to, eA);
    v128.store(to, eB, 16);
  }
  restA = f32x4.add(restA, f32x4.convert_i32x4_s(topsA));
  restB = f32x4.add(restB, f32x4.convert_i32x4_s(topsB));
  const scaleA = f32x4.div(constant(1), f32x4.add(restA, constant(1)));
  const scaleB = f32x4.div(constant(1), f32x4.add(restB, constant(1)));
  for (let c = 0, to = p; c < channels; c++, to += row) {
    v128.store(to, f32x4.mul(v128.load(to), scaleA));
    v128.store(to, f32x4.mul(v128.load(to, 16), scaleB), 16);
  }
  v128.store(top, highA);
  v128.store(top, highB, 16);
  v128.store(logSum, log1p4(restA));
  v128.store(logSum, log1p4(restB), 16);
}

/** True where e^(low - high) is a normal single. */
@inline
function isNear(high: v128, low: v128): bool {
  return i32x4.all_true(f32x4.le(f32x4.sub(high, low), constant(87)));
}

/**
 * Writes e^(z - high) of every channel and returns the sum of all but one of the largest. Those are 1 and counted apart, so that
 * ln(sum) keeps its digits where the other terms are tiny.
 */
@inline
function exponentials(from: usize, to: usize, high: v128, near: bool, channels: i32, row: usize): v128 {
  let rest = constant(0);
  let tops = i32x4.splat(-1);
  for (let c = 0; c < channels; c++, from += row, to += row) {
    const score = v128.load(from);
    const gap = f32x4.sub(score, high);
    const e = near ? expBelow4(gap) : exp4(gap);
    // Not where score and high are infinite: their NaN has to reach the sum.
    const isTop = f32x4.eq(gap, constant(0));
    rest = f32x4.add(rest, v128.andnot(e, isTop));
    tops = i32x4.sub(tops, isTop);
    v128.store(to, e);
  }
  return f32x4.add(rest, f32x4.convert_i32x4_s(tops));
}

export function softmaxBackward(d: usize, p: usize, dot: usize, channels: i32, stride: i32, count: i32): void {
  const row = (<usize>stride) << 2;
  for (let at: usize = 0, end = (<usize>count) << 2; at < end; at += 16) {
    let sum = constant(0);
    for (let c = 0, i = at; c < channels; c++, i += row) {
      const q = v128.load(p + i);
      // An absent class may have an infinite slope at p = 0; its share of the product is 0.
      sum = f32x4.add(sum, v128.and(f32x4.mul(q, v128.load(d + i)), f32x4.ne(q, constant(0))));
    }
    v128.store(dot + at, sum);
    for (let c = 0, i = at; c < channels; c++, i += row) {
      const q = v128.load(p + i);
      const slope = f32x4.mul(q, f32x4.sub(v128.load(d + i), sum));
      v128.store(d + i, v128.and(slope, f32x4.ne(q, constant(0))));
    }
  }
}

export function sigmoid(z: usize, p: usize, channels: i32, stride: i32, count: i32): void {
  const row = (<usize>stride) << 2;
  for (let c = 0, start: usize = 0; c < channels; c++, start += row) {
    for (let at = start, end = start + ((<usize>count) << 2); at < end; at += 16) {
      const x = v128.load(z + at);
      const e = expDown4(f32x4.neg(f32x4.abs(x)));
      const up = v128.bitselect(one(), e, f32x4.ge(x, constant(0)));
      v128.store(p + at, f32x4.div(up, f32x4.add(one(), e)));
    }
  }
}

export function sigmoidWithLogs(
  z: usize,
  p: usize,
  negLogP: usize,
  negLogQ: usize,
  channels: i32,
  stride: i32,
  count: i32,
): void {
  const row = (<usize>stride) << 2;
  for (let c = 0, start: usize = 0; c < channels; c++, start += row) {
    for (let at = start, end = start + ((<usize>count) << 2); at < end; at += 16) {
      const x = v128.load(z + at);
      const e = expDown4(f32x4.neg(f32x4.abs(x)));
      const t = log1pUnit4(e);
      const up = v128.bitselect(one(), e, f32x4.ge(x, constant(0)));
      v128.store(p + at, f32x4.div(up, f32x4.add(one(), e)));
      v128.store(negLogP + at, f32x4.sub(t, f32x4.pmin(x, constant(0))));
      v128.store(negLogQ + at, f32x4.add(t, f32x4.pmax(x, constant(0))));
    }
  }
}

export function sigmoidBackward(d: usize, p: usize, channels: i32, stride: i32, count: i32): void {
  const row = (<usize>stride) << 2;
  for (let c = 0, start: usize = 0; c < channels; c++, start += row) {
    for (let at = start, end = start + ((<usize>count) << 2); at < end; at += 16) {
      const q = v128.load(p + at);
      v128.store(d + at, f32x4.mul(v128.load(d + at), f32x4.mul(q, f32x4.sub(constant(1), q))));
    }
  }
}

export function negLogSoftmax(
  z: usize,
  top: usize,
  logSum: usize,
  out: usize,
  channels: i32,
  stride: i32,
  count: i32,
): void {
  const row = (<usize>stride) << 2;
  for (let c = 0, start: usize = 0; c < channels; c++, start += row) {
    for (let i: usize = 0, end = (<usize>count) << 2; i < end; i += 16) {
      const gap = f32x4.sub(v128.load(top + i), v128.load(z + start + i));
      v128.store(out + start + i, f32x4.add(gap, v128.load(logSum + i)));
    }
  }
}

export function nllSoftmax(
  z: usize,
  top: usize,
  logSum: usize,
  labels: usize,
  out: usize,
  stride: i32,
  count: i32,
): void {
  for (let i = 0; i < count; i++) {
    const at = (<usize>i) << 2;
    const y = load<i32>(labels + at);
    let loss: f32 = 0;
    if (y >= 0) {
      const score = load<f32>(z + ((<usize>(y * stride)) << 2) + at);
      loss = load<f32>(top + at) - score + load<f32>(logSum + at);
    }
    store<f32>(out + at, loss);
  }
}

export function negLog(p: usize, out: usize, channels: i32, stride: i32, count: i32): void {
  const row = (<usize>stride) << 2;
  for (let c = 0, start: usize = 0; c < channels; c++, start += row) {
    for (let at = start, end = start + ((<usize>count) << 2); at < end; at += 16) {
      v128.store(out + at, f32x4.sub(constant(0), log4(v128.load(p + at))));
    }
  }
}

export function negLogComplement(p: usize, out: usize, channels: i32, stride: i32, count: i32): void {
  const row = (<usize>stride) << 2;
  for (let c = 0, start: usize = 0; c < channels; c++, start += row) {
    for (let at = start, end = start + ((<usize>count) << 2); at < end; at += 16) {
      v128.store(out + at, f32x4.sub(constant(0), log4(f32x4.sub(constant(1), v128.load(p + at)))));
    }
  }
}

export function exp(x: usize, out: usize, channels: i32, stride: i32, count: i32): void {
  const row = (<usize>stride) << 2;
  for (let c = 0, start: usize = 0; c < channels; c++, start += row) {
    for (let at = start, end = start + ((<usize>count) << 2); at < end; at += 16) {
      v128.store(out + at, exp4(v128.load(x + at)));
    }
  }
}
