import { constant, countOf, one } from './math';
import { addToRows, alike, ownOf } from './rows';

/** Channels whose terms are added up in singles before they go to doubles. */
const together = 16;

/**
 * Multi-class hinge: adds sum over k != y of max(0, margin + u_y - u_k)^power to the row of the pixel's class, and 1 to its count,
 * u = sign x.
 */
export function sumOthers(
  x: usize,
  sign: f32,
  labels: usize,
  margin: f32,
  power: f32,
  sums: usize,
  counts: usize,
  channels: i32,
  stride: i32,
  count: i32,
): void {
  if (power == 2) others<i16>(x, sign, labels, margin, sums, counts, channels, stride, count);
  else others<i8>(x, sign, labels, margin, sums, counts, channels, stride, count);
}

function others<T>(
  x: usize,
  sign: f32,
  labels: usize,
  margin: f32,
  sums: usize,
  counts: usize,
  channels: i32,
  stride: i32,
  count: i32,
): void {
  const row = <usize>stride << 2;
  const by = constant(sign);
  for (let i: usize = 0, end = <usize>count << 2; i < end; i += 16) {
    const y = v128.load(labels + i);
    const same = alike(y);
    const bound = f32x4.add(constant(margin), f32x4.mul(ownOf(x, y, row, i), by));
    addToRows(counts, 8, y, same, one());
    let channel = i32x4.splat(0);
    for (let c = 0, at = x + i; c < channels; ) {
      let part = constant(0);
      for (const stop = min(c + together, channels); c < stop; c++, at += row) {
        const over = f32x4.pmax(f32x4.sub(bound, f32x4.mul(v128.load(at), by)), constant(0));
        part = f32x4.add(part, v128.andnot(sizeof<T>() == 2 ? f32x4.mul(over, over) : over, i32x4.eq(y, channel)));
        channel = i32x4.sub(channel, v128.not(constant(0)));
      }
      addToRows(sums, 8, y, same, part);
    }
  }
}

/** Adds each value, and 1, to the row of its pixel. */
export function sumByRow(values: usize, rows: usize, sums: usize, counts: usize, count: i32): void {
  for (let i: usize = 0, end = <usize>count << 2; i < end; i += 16) {
    const y = v128.load(rows + i);
    const same = alike(y);
    addToRows(sums, 8, y, same, v128.load(values + i));
    addToRows(counts, 8, y, same, one());
  }
}

/** Number of pixels whose label is not negative. */
export function countValid(labels: usize, count: i32): i32 {
  let valid = i32x4.splat(0);
  for (let i: usize = 0, end = <usize>count << 2; i < end; i += 16) {
    valid = i32x4.sub(valid, i32x4.ge_s(v128.load(labels + i), i32x4.splat(0)));
  }
  return <i32>countOf(valid);
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
  const width = <usize>channels << 3;
  const end = <usize>count << 2;
  for (let i: usize = 0; i < end; i += 16) {
    const y = v128.load(labels + i);
    const same = alike(y);
    if (same && i + 64 <= end && i32x4.all_true(i32x4.eq(y, next(labels + i)))) {
      addToRows(counts, 8, y, true, constant(4));
      for (let c = 0, from = p + i, to = mass; c < channels; c++, from += row, to += 8) {
        const first = f32x4.add(v128.load(from), v128.load(from + 16));
        const second = f32x4.add(v128.load(from + 32), v128.load(from + 48));
        addToRows(to, width, y, true, f32x4.add(first, second));
      }
      i += 48;
      continue;
    }
    addToRows(counts, 8, y, same, one());
    for (let c = 0, from = p + i, to = mass; c < channels; c++, from += row, to += 8) {
      addToRows(to, width, y, same, v128.load(from));
    }
  }
}

/** The label of the twelve pixels after four where it is the same for all; in other lanes a number that is no label. */
@inline
function next(labels: usize): v128 {
  const second = v128.load(labels + 16);
  const third = i32x4.eq(second, v128.load(labels + 32));
  const fourth = i32x4.eq(second, v128.load(labels + 48));
  return v128.bitselect(second, i32x4.splat(i32.MIN_VALUE), v128.and(third, fourth));
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

/** The lowest of the largest channels, found from the last to the first; -1 where all scores are NaN. */
@inline
function winnersAt(scores: usize, channels: i32, row: usize): v128 {
  let best = constant(-Infinity);
  let at = scores;
  for (let c = 0; c < channels; c++, at += row) best = f32x4.pmax(best, v128.load(at));
  let winner = i32x4.splat(-1);
  let channel = i32x4.splat(channels - 1);
  while (at > scores) {
    at -= row;
    winner = v128.bitselect(channel, winner, f32x4.eq(v128.load(at), best));
    channel = i32x4.add(channel, v128.not(constant(0)));
  }
  return winner;
}
