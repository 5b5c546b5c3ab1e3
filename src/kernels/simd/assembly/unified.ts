import { addTo, constant, flush, log4, one, power4 } from './math';
import { addToRows, alike, ownOf } from './rows';
import { isOut, longRun } from './target';

/** See unifiedSums of the scalar kernels, for class ids: five sums per side. */
export function unifiedSums(
  p: usize,
  labels: usize,
  gamma: f32,
  clip: f32,
  sums: usize,
  channels: i32,
  stride: i32,
  count: i32,
): void {
  const row = <usize>stride << 2;
  const end = <usize>count << 2;
  const low = constant(clip);
  const high = constant(1 - clip);
  for (let c = 0; c < channels; c++) {
    const from = p + <usize>c * row;
    const channel = i32x4.splat(c);
    let excess = f64x2.splat(0);
    for (let start: usize = 0; start < end; start += longRun) {
      let runExcess = constant(0);
      const stop = min(start + longRun, end);
      for (let i = start; i < stop; i += 16) {
        const q = f32x4.pmax(f32x4.pmin(v128.load(from + i), high), low);
        runExcess = f32x4.add(runExcess, v128.andnot(q, isOut(v128.load(labels + i), channel)));
      }
      excess = addTo(excess, runExcess);
    }
    flush(sums + <usize>(c * 40) + 16, excess);
  }
  for (let i: usize = 0; i < end; i += 16) {
    const y = v128.load(labels + i);
    const same = alike(y);
    const q = f32x4.pmax(f32x4.pmin(ownOf(p, y, row, i), high), low);
    const missed = f32x4.sub(one(), q);
    const u = f32x4.sub(constant(0), log4(q));
    addToRows(sums, 40, y, same, q);
    addToRows(sums + 8, 40, y, same, missed);
    addToRows(sums + 24, 40, y, same, f32x4.mul(power4(missed, gamma), u));
    addToRows(sums + 32, 40, y, same, u);
  }
}
