import { addTo, constant, flush, one } from './math';
import { longRun } from './target';

/**
 * See sumNearness of the scalar kernels, the power 1 or 2. `near` points to the label of the first pixel among all that lie around the run;
 * `ids` is room for a label per pixel, `shares` for a double per channel, 0 before and after, and an integer. A depth of 0 is none: the box is flat.
 */
export function sumNearness(
  z: usize,
  labels: usize,
  near: usize,
  ids: usize,
  shares: usize,
  size: i32,
  share: f64,
  power: f32,
  depth: i32,
  height: i32,
  width: i32,
  start: i32,
  sums: usize,
  channels: i32,
  stride: i32,
  count: i32,
): void {
  const low = (size - 1) >> 1;
  const high = size - 1 - low;
  const above = depth > 0 ? low : 0;
  const below = depth > 0 ? high : 0;
  const plane = width * height;
  const found = shares + (<usize>channels << 3);
  for (let i = 0; i < count; ) {
    const line = (start + i) / width;
    const x = (start + i) % width;
    const y = line % height;
    const layer = line / height;
    const stop = min(i + width - x, count);
    const whole = y >= low && y + high < height && layer >= above && layer + below < max(depth, 1);
    for (let j = i; j < stop; j += 4) {
      const at = near + (<usize>j << 2);
      const label = v128.load(at);
      let same = whole ? v128.not(constant(0)) : constant(0);
      for (let d = -above; whole && d <= below; d++) {
        for (let h = -low; h <= high; h++) {
          const row = at + ((<usize>(d * plane + h * width - low)) << 2);
          for (let w = 0; w < size; w++) same = v128.and(same, i32x4.eq(v128.load(row + (<usize>w << 2)), label));
        }
      }
      v128.store(ids + (<usize>j << 2), v128.bitselect(label, i32x4.splat(-1), same));
    }
    for (let j = i; j < stop; j++) {
      const at = <usize>j << 2;
      const column = x + j - i;
      if (column < low || column + high >= width) store<i32>(ids + at, -1);
      if (load<i32>(ids + at) >= 0 || load<i32>(labels + at) < 0) continue;
      // Several classes in the box, or not all of it in the image: what the others of the run are taken for is put right.
      let top = found;
      for (let d = max(-above, -layer); d <= min(below, max(depth, 1) - 1 - layer); d++) {
        for (let h = max(-low, -y); h <= min(high, height - 1 - y); h++) {
          const row = near + at + ((<usize>(d * plane + h * width)) << 2);
          for (let w = max(-low, -column), last = min(high, width - 1 - column); w <= last; w++) {
            const label = load<i32>(row + (<usize>w << 2));
            if (label < 0) continue;
            const own = shares + (<usize>label << 3);
            const known = load<f64>(own);
            store<f64>(own, known + share);
            if (known > 0) continue;
            store<i32>(top, label);
            top += 4;
          }
        }
      }
      for (; top > found; top -= 4) {
        const label = load<i32>(top - 4);
        const own = shares + (<usize>label << 3);
        const score = <f64>load<f32>(z + ((<usize>(label * stride)) << 2) + at);
        const gap = abs(score - load<f64>(own));
        const change = power == 2 ? gap * gap - score * score : gap - abs(score);
        const sum = sums + (<usize>label << 3);
        // Next to an infinite score no share makes a difference.
        if (change == change) store<f64>(sum, load<f64>(sum) + change);
        store<f64>(own, 0);
      }
    }
    i = stop;
  }
  if (power == 2) distances<i16>(z, ids, labels, sums, channels, stride, count);
  else distances<i8>(z, ids, labels, sums, channels, stride, count);
}

/** |z - g|^power of each channel, g 1 in the channel of `ids` and 0 in the others. */
function distances<T>(
  z: usize,
  ids: usize,
  labels: usize,
  sums: usize,
  channels: i32,
  stride: i32,
  count: i32,
): void {
  const end = <usize>count << 2;
  for (let c = 0; c < channels; c++) {
    const from = z + (<usize>(c * stride) << 2);
    const channel = i32x4.splat(c);
    let sum = f64x2.splat(0);
    for (let start: usize = 0; start < end; start += longRun) {
      let runSum = constant(0);
      const stop = min(start + longRun, end);
      for (let i = start; i < stop; i += 16) {
        const own = v128.and(one(), i32x4.eq(v128.load(ids + i), channel));
        const d = f32x4.abs(f32x4.sub(v128.load(from + i), own));
        const distance = sizeof<T>() == 2 ? f32x4.mul(d, d) : d;
        runSum = f32x4.add(runSum, v128.andnot(distance, i32x4.lt_s(v128.load(labels + i), i32x4.splat(0))));
      }
      sum = addTo(sum, runSum);
    }
    flush(sums + (<usize>c << 3), sum);
  }
}
