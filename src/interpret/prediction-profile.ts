import type { PredictionProfile } from '../core/index.ts';
import * as kernel from '../kernels/index.ts';
import type { Stack } from '../measure/arrays.ts';
import { firstNonFinite, summariseCells } from './cells.ts';
import { eachTile } from './each-tile.ts';
import { otherAxes } from './other-axes.ts';

/** What sigmoid makes of [0, 1], with room for rounding: only there the two ends are counted. */
const lowest = 0.4999;
const highest = 0.7312;

/** The median size is looked for only where some value is larger. */
const largeScore = 100;

/** Distinct values are told apart up to here. */
const fewValues = 256;

/** Looks at every value of a prediction once, before anything is assumed of what it holds. */
export function profilePrediction(stack: Stack): PredictionProfile {
  const { images, channels, spatial } = stack;
  const pixels = spatial.reduce((a, b) => a * b, 1);
  const facts: kernel.ValueFacts = { min: Infinity, max: -Infinity, outside: 0, zeros: 0, integers: 0, huge: 0 };
  const cells = new Float64Array(kernel.cellFacts * images * channels);
  const shifts = new Float64Array(images * channels);
  const distinct = new Set<number>();
  const tolerance = stack.array.dtype === 'float16' ? 1e-2 : 1e-3;
  const errors = new Float64Array(kernel.absoluteBins);
  const sums = new Float64Array(3);
  const ends = new Float64Array(2);
  let logSums = 0;
  const isWithinEnds = (): boolean => facts.min >= lowest && facts.max <= highest;
  eachTile(stack, ({ scores, stride, image, start, count }) => {
    const [from, to] = [image * channels, (image + 1) * channels];
    const own = shifts.subarray(from, to);
    for (let c = 0; c < channels; c++) {
      const row = scores.subarray(c * stride, c * stride + count);
      if (start === 0 && Number.isFinite(row[0])) own[c] = row[0] ?? 0;
      kernel.addDistinct(row, distinct, fewValues);
    }
    const ownCells = cells.subarray(kernel.cellFacts * from, kernel.cellFacts * to);
    kernel.valueFacts(scores, channels, stride, count, own, facts, ownCells);
    if (isWithinEnds()) kernel.countEnds(scores, channels, stride, count, ends);
    if (channels === 1) return;
    // Only probabilities are asked whether they sum to 1, and only log-probabilities whether they would.
    if (facts.outside === 0) kernel.sumFacts(scores, channels, stride, count, tolerance, sums, errors);
    if (!(facts.max > 1e-6)) logSums += kernel.logSumsToZero(scores, channels, stride, count);
  });
  const { firstBad, ...ofCells } = summariseCells(cells, shifts, channels, pixels);
  const size = images * channels * pixels;
  const all = images * pixels;
  const unit = facts.outside === 0 && channels > 1;
  const [one = 0, wide = 0, ratio = 0] = unit ? sums : [];
  const [above = 0, below = 0] = isWithinEnds() ? ends : [];
  return {
    size,
    ...ofCells,
    firstNonFinite: firstBad === null ? null : firstNonFinite(stack, firstBad),
    min: facts.min,
    max: facts.max,
    outsideUnit: facts.outside / size,
    zeros: facts.zeros / size,
    integers: facts.integers / size,
    distinct: distinct.size,
    medianAbsolute: Math.max(-facts.min, facts.max) > largeScore ? medianSize(stack) : 0,
    huge: facts.huge / size,
    sumsToOne: one / all,
    sumError: unit ? median(errors) : Number.NaN,
    logSumsToZero: facts.max > 1e-6 ? 0 : logSums / all,
    wideRatio: wide / all,
    largestRatio: ratio,
    above070: above / size,
    below051: below / size,
    otherAxes: unit && one / all < 0.999 ? otherAxes(stack) : [],
  };
}

/** The median of |x|, to the resolution of the histogram: a pass of its own, because hardly any file needs it. */
function medianSize(stack: Stack): number {
  const sizes = new Float64Array(kernel.absoluteBins);
  eachTile(stack, ({ scores, stride, count }) => {
    kernel.countSizes(scores, stack.channels, stride, count, sizes);
  });
  return median(sizes);
}

function median(histogram: Float64Array): number {
  return kernel.absoluteAt(kernel.quantileBin(histogram, 0.5));
}
