// The losses of the stories, in float64 and straight from their definitions: deliberately not the code of src/.

export const sigmoid = (z) => (z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z)));
const softplus = (z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));

/** A number as a log prints it: six significant digits. */
export const typed = (value) => value.toPrecision(6);

/** Softmax over lines of `length` values that lie `step` apart, e.g. over channels or over rows. */
export function softmaxAlong(values, length, step) {
  const result = new Float64Array(values.length);
  for (let block = 0; block < values.length; block += length * step)
    for (let inner = 0; inner < step; inner++) {
      const at = (k) => block + inner + k * step;
      let highest = -Infinity;
      for (let k = 0; k < length; k++) highest = Math.max(highest, values[at(k)]);
      let sum = 0;
      for (let k = 0; k < length; k++) sum += Math.exp(values[at(k)] - highest);
      for (let k = 0; k < length; k++) result[at(k)] = Math.exp(values[at(k)] - highest) / sum;
    }
  return result;
}

/** Sum of the cross-entropy of channel-first logits over the pixels that are not 255, and their count. */
export function crossEntropy(logits, target) {
  const pixels = target.length;
  const classes = logits.length / pixels;
  let sum = 0;
  let valid = 0;
  for (let i = 0; i < pixels; i++) {
    if (target[i] === 255) continue;
    let highest = -Infinity;
    for (let k = 0; k < classes; k++) highest = Math.max(highest, logits[k * pixels + i]);
    let total = 0;
    for (let k = 0; k < classes; k++) total += Math.exp(logits[k * pixels + i] - highest);
    sum += highest + Math.log(total) - logits[target[i] * pixels + i];
    valid++;
  }
  return { sum, valid, mean: sum / valid };
}

/** Negative log-likelihood as torch takes it: minus the entry at the true class, whatever the file holds. */
export function negativeEntry(values, target) {
  let sum = 0;
  let valid = 0;
  for (let i = 0; i < target.length; i++) {
    if (target[i] === 255) continue;
    sum -= values[target[i] * target.length + i];
    valid++;
  }
  return sum / valid;
}

/** Mean binary cross-entropy of logits. Targets other than 0 and 1 are taken as they come, as the frameworks do. */
export function binaryCrossEntropy(logits, target) {
  let sum = 0;
  for (let i = 0; i < logits.length; i++) sum += softplus(logits[i]) - target[i] * logits[i];
  return sum / logits.length;
}

/** The same after [N,1,S] met [N,S] and was spread to [N,N,S]: every prediction against every target. */
export function broadcastBinaryCrossEntropy(logits, target, images) {
  const size = logits.length / images;
  let sum = 0;
  for (let p = 0; p < images; p++)
    for (let t = 0; t < images; t++)
      sum += binaryCrossEntropy(logits.subarray(p * size, (p + 1) * size), target.subarray(t * size, (t + 1) * size));
  return sum / images ** 2;
}
