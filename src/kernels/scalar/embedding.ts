/** What is done to the cosine of the true class. */
export type Margin =
  | { readonly kind: 'none' }
  /** cos - m. */
  | { readonly kind: 'cosine'; readonly m: number }
  /** cos(theta + m); with `fallback`, cos - m sin m where theta + m is above pi. */
  | { readonly kind: 'angle'; readonly m: number; readonly fallback: boolean }
  /** psi(theta) = (-1)^k cos(m theta) - 2k on [k pi/m, (k+1) pi/m], annealed: (lambda cos + psi) / (1 + lambda). */
  | { readonly kind: 'times'; readonly m: number; readonly lambda: number };

/** Scores s * |x| * |W_j| * cos_j, each length only where asked for. */
export interface Head {
  readonly scale: number;
  readonly featureLength: boolean;
  readonly classLength: boolean;
  readonly margin: Margin;
}

export interface HeadSums {
  sum: number;
  /** Sum of the class weights of the rows that count, and their number. */
  weight: number;
  count: number;
  skipped: number;
  poles: number;
  beyond: number;
  /** Rows whose true class, after the margin, does not have the largest score. */
  violations: number;
}

/** Length of every row. */
export function lengths(rows: Float64Array, dims: number): Float64Array {
  const out = new Float64Array(dims === 0 ? 0 : rows.length / dims);
  for (let i = 0, j = 0; i < out.length; i++) {
    let sum = 0;
    for (const end = j + dims; j < end; j++) sum += rows[j] * rows[j];
    out[i] = Math.sqrt(sum);
  }
  return out;
}

/** Rows divided by their lengths; a zero row stays zero. */
export function unitRows(rows: Float64Array, dims: number, length: Float64Array): Float64Array {
  const out = new Float64Array(rows.length);
  for (let j = 0; j < rows.length; j++) {
    const own = length[Math.floor(j / dims)];
    out[j] = own === 0 ? 0 : rows[j] / own;
  }
  return out;
}

/** Turns a gradient at x / |x| into the gradient at x, in place. */
export function unitBackward(gradient: Float64Array, unit: Float64Array, length: Float64Array, dims: number): void {
  for (let i = 0; i < length.length; i++) {
    const at = i * dims;
    let dot = 0;
    for (let d = 0; d < dims; d++) dot += gradient[at + d] * unit[at + d];
    for (let d = 0; d < dims; d++) {
      gradient[at + d] = length[i] === 0 ? 0 : (gradient[at + d] - dot * unit[at + d]) / length[i];
    }
  }
}

/** Margin function of the true class's cosine, and its slope: [value, slope]. */
export function marginOf(c: number, margin: Margin): [number, number] {
  if (margin.kind === 'none') return [c, 1];
  if (margin.kind === 'cosine') return [c - margin.m, 1];
  if (margin.kind === 'angle') {
    const { m, fallback } = margin;
    if (fallback && c <= Math.cos(Math.PI - m)) return [c - m * Math.sin(m), 1];
    const sine = Math.sqrt((1 - c) * (1 + c));
    return [c * Math.cos(m) - sine * Math.sin(m), Math.cos(m) + (c * Math.sin(m)) / sine];
  }
  const { m, lambda } = margin;
  // Chebyshev polynomials: T_m(c) = cos(m theta), and its slope m U_{m-1}(c), without a division by sin(theta).
  let [before, now] = [1, c];
  let [slopeBefore, slope] = [0, 1];
  for (let i = 1; i < m; i++) {
    [slopeBefore, slope] = [slope, 2 * now + 2 * c * slope - slopeBefore];
    [before, now] = [now, 2 * c * now - before];
  }
  const k = Math.min(m - 1, Math.floor((m * Math.acos(c)) / Math.PI));
  const sign = k % 2 === 0 ? 1 : -1;
  return [(lambda * c + sign * now - 2 * k) / (1 + lambda), (lambda + sign * slope) / (1 + lambda)];
}

/**
 * Sum over the rows of weight[y] times the cross-entropy of their scores, and its gradient in `gradient`. Rows of length 0
 * are left out, unless the score is the plain product with the class vector, which needs no angle.
 */
export function headLoss(
  rows: Float64Array,
  labels: Int32Array,
  dims: number,
  prototypes: Float64Array,
  head: Head,
  weights: Float64Array,
  gradient: Float64Array,
): HeadSums {
  const sums: HeadSums = { sum: 0, weight: 0, count: 0, skipped: 0, poles: 0, beyond: 0, violations: 0 };
  const classes = prototypes.length / dims;
  const { scale, margin } = head;
  const length = lengths(prototypes, dims);
  const unit = unitRows(prototypes, dims, length);
  const linear = head.featureLength && margin.kind === 'none';
  const factor = Float64Array.from(length, (own) => scale * (head.classLength ? own : 1));
  const cos = new Float64Array(classes);
  const score = new Float64Array(classes);
  for (let i = 0; i < labels.length; i++) {
    const at = i * dims;
    const y = labels[i];
    let square = 0;
    for (let d = 0; d < dims; d++) square += rows[at + d] * rows[at + d];
    const own = Math.sqrt(square);
    if (own === 0 && !linear) {
      sums.skipped++;
      continue;
    }
    const size = head.featureLength ? own : 1;
    for (let j = 0; j < classes; j++) {
      let dot = 0;
      for (let d = 0; d < dims; d++) dot += unit[j * dims + d] * rows[at + d];
      cos[j] = own === 0 ? 0 : Math.max(-1, Math.min(1, dot / own));
      score[j] = linear ? factor[j] * dot : factor[j] * size * cos[j];
    }
    const [value, slope] = marginOf(cos[y], margin);
    if (!linear) score[y] = factor[y] * size * value;
    if (margin.kind === 'angle') {
      if (cos[y] <= Math.cos(Math.PI - margin.m)) sums.beyond++;
      if (!Number.isFinite(slope)) sums.poles++;
    }
    let top = -Infinity;
    let rival = -Infinity;
    for (let j = 0; j < classes; j++) {
      if (!(score[j] <= top)) top = score[j];
      if (j !== y && score[j] > rival) rival = score[j];
    }
    if (score[y] <= rival) sums.violations++;
    let total = 0;
    for (let j = 0; j < classes; j++) total += Math.exp(score[j] - top);
    const weight = weights[y];
    sums.sum += weight * (top - score[y] + Math.log(total));
    sums.weight += weight;
    sums.count++;
    for (let j = 0; j < classes; j++) {
      const push = weight * factor[j] * (Math.exp(score[j] - top) / total - (j === y ? 1 : 0));
      if (push === 0) continue;
      if (linear) {
        for (let d = 0; d < dims; d++) gradient[at + d] += push * unit[j * dims + d];
        continue;
      }
      // d cos/dx = (W/|W| - cos x/|x|) / |x|, and d|x|/dx = x/|x| where the length of the feature counts.
      const across = (push * size * (j === y ? slope : 1)) / own;
      const along = (head.featureLength ? push * (j === y ? value : cos[j]) : 0) / own - (across * cos[j]) / own;
      for (let d = 0; d < dims; d++) gradient[at + d] += across * unit[j * dims + d] + along * rows[at + d];
    }
  }
  return sums;
}
