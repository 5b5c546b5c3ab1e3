/** Numbers of a distance penalty: weight = plus + R, R = deepest - distance within the pixel's own class. */
export interface PenaltyNumbers {
  readonly plus: number;
  /** R is divided by its largest value per class. */
  readonly normalise: boolean;
  /** 1/d instead of deepest - d. */
  readonly inverse: boolean;
  /** R is at most this. */
  readonly clip: number;
}

/** Turns squared distances into penalty weights, in place. No other label in the image: d = 0, R = 0. */
export function penalty(squared: Float64Array, labels: Int32Array, rows: number, numbers: PenaltyNumbers): void {
  const deepest = new Float64Array(rows);
  const shallowest = new Float64Array(rows).fill(Infinity);
  for (let i = 0; i < squared.length; i++) {
    const y = labels[i];
    const d = squared[i] === Infinity ? 0 : Math.sqrt(squared[i]);
    squared[i] = d;
    if (y < 0) continue;
    if (d > deepest[y]) deepest[y] = d;
    if (d < shallowest[y]) shallowest[y] = d;
  }
  for (let i = 0; i < squared.length; i++) {
    const y = labels[i];
    if (y < 0) {
      squared[i] = 0;
      continue;
    }
    const d = squared[i];
    let r = numbers.inverse ? (d === 0 ? 0 : 1 / d) : deepest[y] - d;
    if (numbers.normalise) {
      const largest = numbers.inverse ? (shallowest[y] > 0 ? 1 / shallowest[y] : 0) : deepest[y] - shallowest[y];
      r = largest > 0 ? r / largest : 0;
    }
    squared[i] = numbers.plus + Math.min(r, numbers.clip);
  }
}
