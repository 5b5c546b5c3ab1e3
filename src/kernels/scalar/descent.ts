/** Moves against a gradient, out = x - step * d within [low, high], and says how much the loss falls if it is linear: d . (x - out). */
export function moveAgainst(
  x: Float64Array,
  d: Float64Array,
  step: number,
  low: number,
  high: number,
  out: Float64Array,
): number {
  let fall = 0;
  for (let k = 0; k < x.length; k++) {
    const value = Math.min(high, Math.max(low, x[k] - step * d[k]));
    out[k] = value;
    if (d[k] !== 0) fall += d[k] * (x[k] - value);
  }
  return fall;
}

/** Sum of the squares of an array. */
export function sumOfSquares(x: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < x.length; k++) sum += x[k] * x[k];
  return sum;
}

/** x = ln(max(x, least)): scores of which the softmax is x, where x sums to 1. */
export function scoresOfSoftmax(x: Float64Array, least: number): void {
  for (let k = 0; k < x.length; k++) x[k] = Math.log(Math.max(x[k], least));
}

/** x = ln x - ln(1 - x), x kept within [least, 1 - gap]: scores of which the sigmoid is x. */
export function scoresOfSigmoid(x: Float64Array, least: number, gap: number): void {
  for (let k = 0; k < x.length; k++) {
    const p = Math.min(1 - gap, Math.max(least, x[k]));
    x[k] = Math.log(p) - Math.log1p(-p);
  }
}

/** Adds a number to the channels of each pixel so that they sum to 1: of ln softmax(p), p itself. */
export function shiftToSumOne(x: Float64Array, channels: number, pixels: number): void {
  for (let i = 0; i < pixels; i++) {
    let sum = 0;
    for (let c = 0; c < channels; c++) sum += x[c * pixels + i];
    const shift = (1 - sum) / channels;
    for (let c = 0; c < channels; c++) x[c * pixels + i] += shift;
  }
}
