/**
 * The n-th largest value (n from 1), by quickselect with a median of three; `work` is reordered. NaN counts as
 * larger than everything, as torch.topk has it.
 */
export function nthLargest(work: Float64Array, n: number): number {
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
export function sumAbove(values: Float64Array, bound: number): { sum: number; above: number; equal: number } {
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
