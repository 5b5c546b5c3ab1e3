import { addTo, constant, countOf, flush, one } from './math';
import { addToRows, alike, ownOf } from './rows';
import { isOut, longRun, run } from './target';

/**
 * Overlap of class ids: 8 sums per channel, [sum p, sum p^2 of the ignored] per channel, [pixels of the class] twice per channel, valid
 * pixels; all of them 0 before. A channel is walked for the other classes only, and each pixel once for its own.
 */
export function overlapOfIds(
  p: usize,
  labels: usize,
  sums: usize,
  ignored: usize,
  totals: usize,
  channels: i32,
  stride: i32,
  count: i32,
): void {
  const row = (<usize>stride) << 2;
  const own = ownOverlap(p, labels, sums, totals, row, count);
  const hasVoid = own < count;
  let valid: f64 = 0;
  for (let c = 0; c < channels; c++) {
    const from = p + <usize>c * row;
    const at = sums + ((<usize>c) << 6);
    const total = totals + ((<usize>c) << 4);
    otherOverlap(from, labels, c, at, count);
    if (hasVoid) ignoredOverlap(from, labels, ignored + ((<usize>c) << 4), count);
    // What was summed under one name is wanted under another.
    store<f64>(at, load<f64>(at) + load<f64>(at + 8));
    store<f64>(at + 16, load<f64>(at + 32) + load<f64>(at + 40));
    store<f64>(at + 24, load<f64>(at + 56));
    store<f64>(at + 48, load<f64>(at + 32));
    store<f64>(total + 8, load<f64>(total));
    valid += load<f64>(total);
  }
  store<f64>(totals + ((<usize>channels) << 4), valid);
}

/** Of every pixel, in the sums of its class: p, p^2, (1 - p)^2 and 1. Returns the number of pixels that have one. */
function ownOverlap(p: usize, labels: usize, sums: usize, totals: usize, row: usize, count: i32): i32 {
  let valid = i32x4.splat(0);
  for (let i: usize = 0, end = (<usize>count) << 2; i < end; i += 16) {
    const y = v128.load(labels + i);
    const same = alike(y);
    const hit = ownOf(p, y, row, i);
    const miss = f32x4.sub(one(), hit);
    addToRows(sums + 8, 64, y, same, hit);
    addToRows(sums + 40, 64, y, same, f32x4.mul(hit, hit));
    addToRows(sums + 56, 64, y, same, f32x4.mul(miss, miss));
    addToRows(totals, 16, y, same, one());
    valid = i32x4.sub(valid, i32x4.ge_s(y, i32x4.splat(0)));
  }
  return <i32>countOf(valid);
}

/** Sum of p and of p^2 over the pixels of other classes. */
function otherOverlap(p: usize, labels: usize, c: i32, sums: usize, count: i32): void {
  const channel = i32x4.splat(c);
  const end = (<usize>count) << 2;
  let sum = f64x2.splat(0);
  let square = f64x2.splat(0);
  for (let start: usize = 0; start < end; start += longRun) {
    let runSum = constant(0);
    let runSquare = constant(0);
    const stop = min(start + longRun, end);
    for (let i = start; i < stop; i += 16) {
      const value = v128.andnot(v128.load(p + i), isOut(v128.load(labels + i), channel));
      runSum = f32x4.add(runSum, value);
      runSquare = f32x4.add(runSquare, f32x4.mul(value, value));
    }
    sum = addTo(sum, runSum);
    square = addTo(square, runSquare);
  }
  flush(sums, sum);
  flush(sums + 32, square);
}

/** Sum of p and of p^2 over the ignored pixels. Lanes past the last pixel carry the least integer and count nowhere. */
function ignoredOverlap(p: usize, labels: usize, sums: usize, count: i32): void {
  const end = (<usize>count) << 2;
  let sum = f64x2.splat(0);
  let square = f64x2.splat(0);
  for (let i: usize = 0; i < end; i += 16) {
    const y = v128.load(labels + i);
    const isVoid = v128.and(i32x4.lt_s(y, i32x4.splat(0)), i32x4.gt_s(y, i32x4.splat(i32.MIN_VALUE)));
    const value = v128.and(v128.load(p + i), isVoid);
    sum = addTo(sum, value);
    square = addTo(square, f32x4.mul(value, value));
  }
  flush(sums, sum);
  flush(sums + 8, square);
}

/** The same of target values per channel and pixel. */
export function overlapOfTargets(
  p: usize,
  labels: usize,
  targets: usize,
  sums: usize,
  ignored: usize,
  totals: usize,
  channels: i32,
  stride: i32,
  count: i32,
): void {
  const row = (<usize>stride) << 2;
  const end = (<usize>count) << 2;
  for (let c = 0; c < channels; c++) {
    const from = <usize>c * row;
    const at = sums + ((<usize>c) << 6);
    const total = totals + ((<usize>c) << 4);
    const dropped = ignored + ((<usize>c) << 4);
    let valid = i32x4.splat(0);
    for (let start: usize = 0; start < end; start += run) {
      let sumP = constant(0);
      let sumPG = constant(0);
      let sumPP = constant(0);
      let errorIn = constant(0);
      let errorOut = constant(0);
      let hit = constant(0);
      let excess = constant(0);
      let miss = constant(0);
      let sumG = constant(0);
      let sumGG = constant(0);
      let voidSum = constant(0);
      let voidSquare = constant(0);
      const stop = min(start + run, end);
      for (let i = start; i < stop; i += 16) {
        const y = v128.load(labels + i);
        const isValid = i32x4.ge_s(y, i32x4.splat(0));
        const isVoid = v128.andnot(i32x4.gt_s(y, i32x4.splat(i32.MIN_VALUE)), isValid);
        const value = v128.load(p + from + i);
        const q = v128.and(value, isValid);
        const g = v128.and(v128.load(targets + from + i), isValid);
        const h = v128.and(f32x4.sub(constant(1), g), isValid);
        const gap = f32x4.sub(g, q);
        const square = f32x4.mul(gap, gap);
        const pg = f32x4.mul(q, g);
        const ph = f32x4.mul(q, h);
        const mg = f32x4.mul(f32x4.sub(constant(1), q), g);
        sumP = f32x4.add(sumP, q);
        sumPG = f32x4.add(sumPG, pg);
        sumPP = f32x4.add(sumPP, f32x4.mul(q, q));
        errorIn = f32x4.add(errorIn, f32x4.mul(square, g));
        errorOut = f32x4.add(errorOut, f32x4.mul(square, h));
        hit = f32x4.add(hit, f32x4.mul(pg, pg));
        excess = f32x4.add(excess, f32x4.mul(ph, ph));
        miss = f32x4.add(miss, f32x4.mul(mg, mg));
        sumG = f32x4.add(sumG, g);
        sumGG = f32x4.add(sumGG, f32x4.mul(g, g));
        const lost = v128.and(value, isVoid);
        voidSum = f32x4.add(voidSum, lost);
        voidSquare = f32x4.add(voidSquare, f32x4.mul(lost, lost));
        valid = i32x4.sub(valid, isValid);
      }
      addRun(at, sumP);
      addRun(at + 8, sumPG);
      addRun(at + 16, sumPP);
      addRun(at + 24, errorIn);
      addRun(at + 32, errorOut);
      addRun(at + 40, hit);
      addRun(at + 48, excess);
      addRun(at + 56, miss);
      addRun(total, sumG);
      addRun(total + 8, sumGG);
      addRun(dropped, voidSum);
      addRun(dropped + 8, voidSquare);
    }
    if (c == 0) {
      const last = totals + ((<usize>channels) << 4);
      store<f64>(last, load<f64>(last) + countOf(valid));
    }
  }
}

function addRun(at: usize, lanes: v128): void {
  flush(at, addTo(f64x2.splat(0), lanes));
}
