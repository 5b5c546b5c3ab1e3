import type { PredictionProfile, Reals } from '../core/index.ts';
import * as kernel from '../kernels/index.ts';
import { plane, type Stack } from '../measure/arrays.ts';
import { rowLength, tileLength } from '../measure/case.ts';
import { otherAxes } from './other-axes.ts';

/** Looks at every value of a prediction once, before anything is assumed of what it holds. */
export function profilePrediction(stack: Stack): PredictionProfile {
  const { images, channels, spatial } = stack;
  const pixels = spatial.reduce((a, b) => a * b, 1);
  const length = tileLength(channels);
  const single = stack.array.dtype === 'float32' || stack.array.dtype === 'float16';
  const workspace = kernel.openWorkspace(single ? 'single' : 'double', channels * length);
  const stride = rowLength(length, workspace.step);
  const scores = workspace.reals(channels * stride);
  const facts: kernel.ValueFacts = {
    finite: 0,
    nan: 0,
    positiveInfinity: 0,
    negativeInfinity: 0,
    min: Infinity,
    max: -Infinity,
    outside: 0,
    zeros: 0,
    integers: 0,
    huge: 0,
    above070: 0,
    below051: 0,
  };
  const absolute = new Float64Array(kernel.absoluteBins);
  const ownAbsolute = workspace.integers(kernel.absoluteBins);
  const errors = new Float64Array(kernel.absoluteBins);
  const sums = new Float64Array(3);
  const tolerance = stack.array.dtype === 'float16' ? 1e-2 : 1e-3;
  const distinct = new Set<number>();
  const cells = images * channels;
  const means = new Float64Array(cells);
  const deviation = new Float64Array(cells);
  const masked = new Float64Array(channels);
  let logSums = 0;
  let firstNonFinite: number[] | null = null;
  let nonFiniteImages = 0;
  for (let image = 0; image < images; image++) {
    const before = facts.finite;
    const shifts = Array.from({ length: channels }, (_, c) => firstValue(stack, image, c));
    const moments = Array.from({ length: channels }, () => new Float64Array(2));
    const finite = new Float64Array(channels);
    for (let start = 0; start < pixels; start += length) {
      const count = Math.min(length, pixels - start);
      for (let c = 0; c < channels; c++) {
        kernel.gather(plane(stack, image, c), start, count, scores, c * stride);
        const known = facts.finite;
        const infinite = facts.negativeInfinity;
        kernel.valueFacts(
          scores,
          c * stride,
          count,
          shifts[c] ?? 0,
          facts,
          ownAbsolute,
          moments[c] ?? new Float64Array(2),
        );
        finite[c] = (finite[c] ?? 0) + facts.finite - known;
        masked[c] = (masked[c] ?? 0) + facts.negativeInfinity - infinite;
        if (firstNonFinite === null && facts.finite - known < count) {
          firstNonFinite = [image, c, ...position(scores, c * stride, count, start, spatial)];
        }
        if (distinct.size <= 256) {
          for (let i = 0; i < count && distinct.size <= 256; i++) distinct.add(scores[c * stride + i] ?? 0);
        }
      }
      if (channels > 1) {
        // Only probabilities are asked whether they sum to 1, and only log-probabilities whether they would.
        if (facts.outside === 0) kernel.sumFacts(scores, channels, stride, count, tolerance, sums, errors);
        if (!(facts.max > 1e-6)) logSums += kernel.logSumsToZero(scores, channels, stride, count);
      }
    }
    ownAbsolute.forEach((n, bin) => {
      absolute[bin] = (absolute[bin] ?? 0) + n;
    });
    ownAbsolute.fill(0);
    if (facts.finite - before < channels * pixels) nonFiniteImages++;
    for (let c = 0; c < channels; c++) {
      const n = finite[c] ?? 0;
      const [sum = 0, square = 0] = moments[c] ?? [];
      means[image * channels + c] = (shifts[c] ?? 0) + sum / n;
      deviation[image * channels + c] = Math.sqrt(Math.max(0, square / n - (sum / n) ** 2));
    }
  }
  workspace.close();
  const size = cells * pixels;
  const all = images * pixels;
  const unit = facts.outside === 0 && channels > 1;
  const share = (n: number | undefined): number => (n ?? 0) / all;
  const sumsToOne = unit ? share(sums[0]) : 0;
  return {
    size,
    nan: facts.nan,
    positiveInfinity: facts.positiveInfinity,
    negativeInfinity: facts.negativeInfinity,
    firstNonFinite,
    nonFiniteImages,
    maskedChannels: [...masked].flatMap((n, c) => (n === all ? [c] : [])),
    min: facts.min,
    max: facts.max,
    mean: means.reduce((a, b) => a + b, 0) / cells,
    outsideUnit: facts.outside / size,
    zeros: facts.zeros / size,
    integers: facts.integers / size,
    distinct: distinct.size,
    medianAbsolute: kernel.absoluteAt(kernel.quantileBin(absolute, 0.5)),
    huge: facts.huge / size,
    sumsToOne,
    sumError: unit ? kernel.absoluteAt(kernel.quantileBin(errors, 0.5)) : Number.NaN,
    logSumsToZero: facts.max > 1e-6 ? 0 : logSums / all,
    wideRatio: unit ? share(sums[1]) : 0,
    largestRatio: unit ? (sums[2] ?? 0) : 0,
    above070: facts.above070 / size,
    below051: facts.below051 / size,
    deviation,
    means,
    otherAxes: unit && sumsToOne < 0.999 ? otherAxes(stack) : [],
  };
}

function firstValue(stack: Stack, image: number, channel: number): number {
  const { data, base } = plane(stack, image, channel);
  const value = kernel.numberAt(data, base);
  return Number.isFinite(value) ? value : 0;
}

/** Spatial index of the first non-finite value of a run. */
function position(x: Reals, at: number, count: number, start: number, spatial: readonly number[]): number[] {
  let pixel = start;
  for (let i = 0; i < count; i++) {
    if (!Number.isFinite(x[at + i] ?? 0)) {
      pixel = start + i;
      break;
    }
  }
  const index: number[] = [];
  for (let axis = spatial.length - 1; axis >= 0; axis--) {
    const length = spatial[axis] ?? 1;
    index.unshift(pixel % length);
    pixel = Math.floor(pixel / length);
  }
  return index;
}
