import type { Reals } from './reals.ts';

/** The n-th largest value (n from 1). NaN counts as larger than everything, as torch.topk has it. */
export function nthLargest(values: Reals, n: number): number {
  return values instanceof Float32Array ? nthLargestSingle(values, n) : quickselect(values.slice(), n);
}

/** By counting: singles in the order of their bits, first by the upper half, then by the lower. */
function nthLargestSingle(values: Float32Array, n: number): number {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const counts = new Int32Array(65_536);
  for (let i = 0; i < bits.length; i++) counts[orderOf(bits[i]) >>> 16]++;
  const [upper, before] = binOf(counts, n);
  counts.fill(0);
  for (let i = 0; i < bits.length; i++) {
    const key = orderOf(bits[i]);
    if (key >>> 16 === upper) counts[key & 0xffff]++;
  }
  const [lower] = binOf(counts, n - before);
  const key = ((upper << 16) | lower) >>> 0;
  if (key === 0xffff_ffff) return Number.NaN;
  const found = new Float32Array(1);
  new Uint32Array(found.buffer)[0] = key >= 0x8000_0000 ? key - 0x8000_0000 : ~key;
  return found[0];
}

/** Bits of a single as an integer in the order of the numbers; NaN of either sign above all. */
function orderOf(bits: number): number {
  if ((bits & 0x7fff_ffff) > 0x7f80_0000) return 0xffff_ffff;
  return (bits & 0x8000_0000 ? ~bits : bits | 0x8000_0000) >>> 0;
}

/** The bin in which the n-th from above lies, and how many lie above that bin. */
function binOf(counts: Int32Array, n: number): [bin: number, above: number] {
  let above = 0;
  for (let bin = counts.length - 1; bin > 0; bin--) {
    if (above + counts[bin] >= n) return [bin, above];
    above += counts[bin];
  }
  return [0, above];
}

/** By quickselect with a median of three; `work` is reordered. */
function quickselect(work: Float64Array, n: number): number {
  let low = 0;
  let high = work.length - 1;
  const target = n - 1;
  while (low < high) {
    const pivot = medianOfThree(work[low], work[(low + high) >>> 1], work[high]);
    let i = low;
    let j = high;
    while (i <= j) {
      while (before(work[i], pivot)) i++;
      while (before(pivot, work[j])) j--;
      if (i > j) break;
      const swap = work[i];
      work[i++] = work[j];
      work[j--] = swap;
    }
    if (target <= j) high = j;
    else if (target >= i) low = i;
    else break;
  }
  return work[target];
}

/** Descending order with NaN first. */
function before(a: number, b: number): boolean {
  return a > b || (Number.isNaN(a) && !Number.isNaN(b));
}

function medianOfThree(a: number, b: number, c: number): number {
  if (before(a, b)) return before(b, c) ? b : before(a, c) ? c : a;
  return before(a, c) ? a : before(b, c) ? c : b;
}

/** Sum and number of the values above `bound`, and the number equal to it. */
export function sumAbove(values: Reals, bound: number): { sum: number; above: number; equal: number } {
  let sum = 0;
  let above = 0;
  let equal = 0;
  for (let i = 0; i < values.length; i++) {
    if (before(values[i], bound)) {
      sum += values[i];
      above++;
    } else if (values[i] === bound || (Number.isNaN(values[i]) && Number.isNaN(bound))) equal++;
  }
  return { sum, above, equal };
}
