import { addTo, constant, countOf, flush } from './math';
import { run } from './target';

/** Overlap of class ids: 8 sums per channel, [sum p, sum p^2 of the ignored] per channel, [pixels of the class] per channel, valid pixels. */
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
  const end = (<usize>count) << 2;
  for (let c = 0; c < channels; c++) {
    const from = p + <usize>c * row;
    const own = i32x4.splat(c);
    let all = f64x2.splat(0);
    let elsewhere = f64x2.splat(0);
    let hitSum = f64x2.splat(0);
    let hitSquare = f64x2.splat(0);
    let missSquare = f64x2.splat(0);
    let voidSum = f64x2.splat(0);
    let voidSquare = f64x2.splat(0);
    let members = i32x4.splat(0);
    let valid = i32x4.splat(0);
    for (let start: usize = 0; start < end; start += run) {
      let a = constant(0);
      let oo = constant(0);
      let h = constant(0);
      let hh = constant(0);
      let mm = constant(0);
      let v = constant(0);
      let vv = constant(0);
      const stop = min(start + run, end);
      for (let i = start; i < stop; i += 16) {
        const y = v128.load(labels + i);
        const value = v128.load(from + i);
        const isValid = i32x4.ge_s(y, i32x4.splat(0));
        // Lanes past the last pixel carry the least integer and count nowhere.
        const isVoid = v128.andnot(i32x4.gt_s(y, i32x4.splat(i32.MIN_VALUE)), isValid);
        const isOwn = i32x4.eq(y, own);
        const kept = v128.and(value, isValid);
        const dropped = v128.and(value, isVoid);
        const hit = v128.and(value, isOwn);
        const other = v128.andnot(kept, isOwn);
        const miss = v128.and(f32x4.sub(constant(1), value), isOwn);
        a = f32x4.add(a, kept);
        oo = f32x4.add(oo, f32x4.mul(other, other));
        h = f32x4.add(h, hit);
        hh = f32x4.add(hh, f32x4.mul(hit, hit));
        mm = f32x4.add(mm, f32x4.mul(miss, miss));
        v = f32x4.add(v, dropped);
        vv = f32x4.add(vv, f32x4.mul(dropped, dropped));
        members = i32x4.sub(members, isOwn);
        valid = i32x4.sub(valid, isValid);
      }
      all = addTo(all, a);
      elsewhere = addTo(elsewhere, oo);
      hitSum = addTo(hitSum, h);
      hitSquare = addTo(hitSquare, hh);
      missSquare = addTo(missSquare, mm);
      voidSum = addTo(voidSum, v);
      voidSquare = addTo(voidSquare, vv);
    }
    const at = sums + ((<usize>c) << 6);
    flush(at, all);
    flush(at + 8, hitSum);
    flush(at + 16, f64x2.add(elsewhere, hitSquare));
    flush(at + 24, missSquare);
    flush(at + 32, elsewhere);
    flush(at + 40, hitSquare);
    flush(at + 48, elsewhere);
    flush(at + 56, missSquare);
    flush(ignored + ((<usize>c) << 4), voidSum);
    flush(ignored + ((<usize>c) << 4) + 8, voidSquare);
    const pixels = countOf(members);
    const total = totals + ((<usize>c) << 4);
    store<f64>(total, load<f64>(total) + pixels);
    store<f64>(total + 8, load<f64>(total + 8) + pixels);
    if (c == 0) {
      const last = totals + ((<usize>channels) << 4);
      store<f64>(last, load<f64>(last) + countOf(valid));
    }
  }
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
