/** A loss, and its first two derivatives by the factor that the scores are multiplied with. */
export interface LossAt {
  readonly loss: number;
  readonly slope: number;
  readonly curvature: number;
}

/** Mean cross-entropy of the scores times `factor`; the scores of a pixel stand next to each other. */
export function softmaxLossAt(z: Float64Array, labels: Int32Array, channels: number, factor: number): LossAt {
  let loss = 0;
  let slope = 0;
  let curvature = 0;
  for (let i = 0; i < labels.length; i++) {
    const at = i * channels;
    let top = -Infinity;
    for (let c = 0; c < channels; c++) top = Math.max(top, z[at + c]);
    let sum = 0;
    let first = 0;
    let second = 0;
    for (let c = 0; c < channels; c++) {
      const d = z[at + c] - top;
      const e = Math.exp(factor * d);
      sum += e;
      first += e * d;
      second += e * d * d;
    }
    const mean = first / sum;
    const own = z[at + labels[i]] - top;
    loss += Math.log(sum) - factor * own;
    slope += mean - own;
    curvature += second / sum - mean * mean;
  }
  return { loss: loss / labels.length, slope: slope / labels.length, curvature: curvature / labels.length };
}

/** Mean binary cross-entropy of the scores times `factor` against targets between 0 and 1. */
export function sigmoidLossAt(z: Float64Array, targets: Float64Array, factor: number): LossAt {
  let loss = 0;
  let slope = 0;
  let curvature = 0;
  for (let i = 0; i < z.length; i++) {
    const x = factor * z[i];
    const p = 1 / (1 + Math.exp(-x));
    loss += Math.max(x, 0) - x * targets[i] + Math.log1p(Math.exp(-Math.abs(x)));
    slope += (p - targets[i]) * z[i];
    curvature += p * (1 - p) * z[i] * z[i];
  }
  return { loss: loss / z.length, slope: slope / z.length, curvature: curvature / z.length };
}
