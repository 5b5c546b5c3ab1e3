import { constant } from './math';

/** Multi-class hinge: adds sum over k != y of max(0, margin + u_y - u_k)^power to the row of the pixel's class, and 1 to its count. */
export function sumOthers(
  u: usize,
  labels: usize,
  margin: f32,
  power: f32,
  sums: usize,
  counts: usize,
  channels: i32,
  stride: i32,
  count: i32,
): void {
  const row = <usize>stride << 2;
  for (let i: usize = 0, end = <usize>count << 2; i < end; i += 16) {
    const y = v128.load(labels + i);
    const own = f32x4(ownOf(u, y, 0, row, i), ownOf(u, y, 1, row, i), ownOf(u, y, 2, row, i), ownOf(u, y, 3, row, i));
    let low = f64x2.splat(0);
    let high = f64x2.splat(0);
    for (let c = 0, at = u + i; c < channels; c++, at += row) {
      const over = f32x4.pmax(f32x4.add(constant(margin), f32x4.sub(own, v128.load(at))), constant(0));
      const loss = v128.andnot(power == 2 ? f32x4.mul(over, over) : over, i32x4.eq(y, i32x4.splat(c)));
      low = f64x2.add(low, f64x2.promote_low_f32x4(loss));
      high = f64x2.add(high, f64x2.promote_low_f32x4(v128.shuffle<i32>(loss, loss, 2, 3, 2, 3)));
    }
    addToRow(sums, counts, i32x4.extract_lane(y, 0), f64x2.extract_lane(low, 0));
    addToRow(sums, counts, i32x4.extract_lane(y, 1), f64x2.extract_lane(low, 1));
    addToRow(sums, counts, i32x4.extract_lane(y, 2), f64x2.extract_lane(high, 0));
    addToRow(sums, counts, i32x4.extract_lane(y, 3), f64x2.extract_lane(high, 1));
  }
}

@inline
function ownOf(u: usize, y: v128, lane: u8, row: usize, i: usize): f32 {
  const label =
    lane == 0
      ? i32x4.extract_lane(y, 0)
      : lane == 1
        ? i32x4.extract_lane(y, 1)
        : lane == 2
          ? i32x4.extract_lane(y, 2)
          : i32x4.extract_lane(y, 3);
  return label < 0 ? 0 : load<f32>(u + <usize>label * row + i + (<usize>lane << 2));
}

@inline
function addToRow(sums: usize, counts: usize, row: i32, value: f64): void {
  if (row < 0) return;
  const at = <usize>row << 3;
  store<f64>(sums + at, load<f64>(sums + at) + value);
  store<f64>(counts + at, load<f64>(counts + at) + 1);
}

/** Adds the probability of every channel to the row of the pixel's class: a soft confusion matrix of class ids. */
export function classMass(
  p: usize,
  labels: usize,
  mass: usize,
  counts: usize,
  channels: i32,
  stride: i32,
  count: i32,
): void {
  const row = <usize>stride << 2;
  for (let i = 0; i < count; i++) {
    const y = load<i32>(labels + (<usize>i << 2));
    if (y < 0) continue;
    const at = counts + (<usize>y << 3);
    store<f64>(at, load<f64>(at) + 1);
    for (let c = 0, from = p + (<usize>i << 2), to = mass + (<usize>(y * channels) << 3); c < channels; c++) {
      store<f64>(to, load<f64>(to) + <f64>load<f32>(from));
      from += row;
      to += 8;
    }
  }
}

/** See confusion of the scalar kernels. */
export function confusion(
  scores: usize,
  labels: usize,
  matrix: usize,
  channels: i32,
  stride: i32,
  count: i32,
): void {
  const row = <usize>stride << 2;
  for (let i: usize = 0, end = <usize>count << 2; i < end; i += 16) {
    const winner = winnersAt(scores + i, channels, row);
    const y = v128.load(labels + i);
    countPair(matrix, channels, i32x4.extract_lane(y, 0), i32x4.extract_lane(winner, 0));
    countPair(matrix, channels, i32x4.extract_lane(y, 1), i32x4.extract_lane(winner, 1));
    countPair(matrix, channels, i32x4.extract_lane(y, 2), i32x4.extract_lane(winner, 2));
    countPair(matrix, channels, i32x4.extract_lane(y, 3), i32x4.extract_lane(winner, 3));
  }
}

@inline
function countPair(matrix: usize, channels: i32, truth: i32, winner: i32): void {
  if (truth < 0 || winner < 0) return;
  const at = matrix + (<usize>(truth * channels + winner) << 3);
  store<f64>(at, load<f64>(at) + 1);
}


/** The largest channel of every pixel. */
export function largest(p: usize, out: usize, channels: i32, stride: i32, count: i32): void {
  const row = <usize>stride << 2;
  for (let i: usize = 0, end = <usize>count << 2; i < end; i += 16) {
    let best = v128.load(p + i);
    for (let c = 1, at = p + i + row; c < channels; c++, at += row) best = f32x4.pmax(best, v128.load(at));
    v128.store(out + i, best);
  }
}

/** The channel with the largest score, the lowest of equals; -1 where all scores are NaN. */
export function winningClass(scores: usize, out: usize, channels: i32, stride: i32, count: i32): void {
  const row = <usize>stride << 2;
  for (let i: usize = 0, end = <usize>count << 2; i < end; i += 16) v128.store(out + i, winnersAt(scores + i, channels, row));
}

@inline
function winnersAt(scores: usize, channels: i32, row: usize): v128 {
  let best = constant(-Infinity);
  let winner = i32x4.splat(-1);
  for (let c = 0, at = scores; c < channels; c++, at += row) {
    const score = v128.load(at);
    const first = v128.and(i32x4.lt_s(winner, i32x4.splat(0)), f32x4.eq(score, best));
    const better = v128.or(f32x4.gt(score, best), first);
    best = v128.bitselect(score, best, better);
    winner = v128.bitselect(i32x4.splat(c), winner, better);
  }
  return winner;
}
