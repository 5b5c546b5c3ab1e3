/** How two rows are compared: |a - b + eps|, or its square. */
export interface Distance {
  readonly eps: number;
  readonly squared: boolean;
}

export interface TermSums {
  sum: number;
  terms: number;
  /** Terms above 0 (triplets), or pairs of different classes inside the margin. */
  active: number;
}

/** |a - b + eps|, squared if asked for. torch.nn.TripletMarginLoss adds eps to every difference. */
export function distance(rows: Float64Array, dims: number, a: number, b: number, how: Distance): number {
  let sum = 0;
  for (let d = 0; d < dims; d++) {
    const step = rows[a * dims + d] - rows[b * dims + d] + how.eps;
    sum += step * step;
  }
  return how.squared ? sum : Math.sqrt(sum);
}

/** Adds `factor` times the gradient of the distance of two rows; where they coincide the slope counts as 0, as in torch. */
export function pushApart(
  rows: Float64Array,
  dims: number,
  a: number,
  b: number,
  how: Distance,
  factor: number,
  gradient: Float64Array,
): void {
  let by = 2 * factor;
  if (!how.squared) {
    const own = distance(rows, dims, a, b, how);
    if (own === 0) return;
    by = factor / own;
  }
  for (let d = 0; d < dims; d++) {
    const step = by * (rows[a * dims + d] - rows[b * dims + d] + how.eps);
    gradient[a * dims + d] += step;
    gradient[b * dims + d] -= step;
  }
}

/** Sum of max(0, d(a,p) - d(a,n) + margin) over triplets, and its gradient. */
export function tripletSum(
  rows: Float64Array,
  dims: number,
  triplets: Int32Array,
  margin: number,
  how: Distance,
  gradient: Float64Array,
): TermSums {
  const sums: TermSums = { sum: 0, terms: triplets.length / 3, active: 0 };
  for (let t = 0; t < triplets.length; t += 3) {
    const [a, p, n] = [triplets[t], triplets[t + 1], triplets[t + 2]];
    const excess = distance(rows, dims, a, p, how) - distance(rows, dims, a, n, how) + margin;
    if (excess <= 0) continue;
    sums.sum += excess;
    sums.active++;
    pushApart(rows, dims, a, p, how, 1, gradient);
    pushApart(rows, dims, a, n, how, -1, gradient);
  }
  return sums;
}

/** Sum over pairs of D^2 for the same class and max(0, margin - D)^2 for different ones, and its gradient. */
export function contrastiveSum(
  rows: Float64Array,
  dims: number,
  labels: Int32Array,
  pairs: Int32Array,
  margin: number,
  gradient: Float64Array,
): TermSums {
  const sums: TermSums = { sum: 0, terms: pairs.length / 2, active: 0 };
  const plain = { eps: 0, squared: false };
  const squared = { eps: 0, squared: true };
  for (let k = 0; k < pairs.length; k += 2) {
    const [a, b] = [pairs[k], pairs[k + 1]];
    if (labels[a] === labels[b]) {
      sums.sum += distance(rows, dims, a, b, squared);
      pushApart(rows, dims, a, b, squared, 1, gradient);
      continue;
    }
    const room = margin - distance(rows, dims, a, b, plain);
    if (room <= 0) continue;
    if (!Number.isNaN(room)) sums.active++;
    sums.sum += room * room;
    pushApart(rows, dims, a, b, plain, -2 * room, gradient);
  }
  return sums;
}

/** Sum over the rows of |x - c_y|^2, and its gradient. */
export function centerSum(
  rows: Float64Array,
  dims: number,
  labels: Int32Array,
  centers: Float64Array,
  gradient: Float64Array,
): number {
  let sum = 0;
  for (let i = 0; i < labels.length; i++) {
    for (let d = 0; d < dims; d++) {
      const step = rows[i * dims + d] - centers[labels[i] * dims + d];
      sum += step * step;
      gradient[i * dims + d] += 2 * step;
    }
  }
  return sum;
}
