import type { PredictionProfile } from '../core/index.ts';
import * as kernel from '../kernels/index.ts';
import type { Stack } from '../measure/arrays.ts';
import {
  addStoredRun,
  addStoredValues,
  areLogs,
  isWithinEnds,
  momentFacts,
  newStoredValues,
  type StoredValues,
  settleMoments,
} from '../measures/index.ts';
import { firstNonFinite, summariseCells } from './cells.ts';
import { eachTile, type StoredTile, tilesPerImage } from './each-tile.ts';
import { otherAxes } from './other-axes.ts';

/** The median size is looked for only where some value is larger. */
const largeScore = 100;

/** Tiles that a first impression is taken from. */
const fewTiles = 8;

/** Looks at every value of a prediction once, before anything is assumed of what it holds. */
export function profilePrediction(stack: Stack): PredictionProfile {
  return profileOf(stack, storedIn(stack));
}

/** A first impression: the same shares and limits from a few tiles. What takes a look of its own is left out. */
export function sketchPrediction(stack: Stack): PredictionProfile {
  const tiles = stack.images * tilesPerImage(stack);
  const step = Math.max(1, tiles / fewTiles);
  return shares(
    stack,
    storedIn(stack, (tile) => Math.floor(tile / step) !== Math.floor((tile - 1) / step)),
  );
}

/** The facts of a prediction whose values have been seen, image by image. */
export function profileOf(stack: Stack, values: readonly StoredValues[]): PredictionProfile {
  const plain = shares(stack, values);
  const { min, max, outsideUnit, sumsToOne } = plain;
  const { firstBad } = summariseCells(values, stack.channels);
  return {
    ...plain,
    firstNonFinite: firstBad === null ? null : firstNonFinite(stack, firstBad),
    medianAbsolute: Math.max(-min, max) > largeScore ? medianSize(stack) : 0,
    otherAxes: outsideUnit === 0 && stack.channels > 1 && sumsToOne < 0.999 ? otherAxes(stack) : [],
  };
}

/** What the values of every image are; of those tiles alone that are wanted. */
function storedIn(stack: Stack, wanted?: (tile: number) => boolean): StoredValues[] {
  const { images, channels, array } = stack;
  const all = Array.from({ length: images }, () => newStoredValues(channels, array.dtype));
  const visit = ({ scores, stride, image, count }: StoredTile): void => {
    addStoredRun(all[image] as StoredValues, scores, channels, stride, count);
  };
  eachTile(stack, visit, wanted);
  for (const own of all) settleMoments(own);
  return all;
}

function shares(stack: Stack, values: readonly StoredValues[]): PredictionProfile {
  const { channels } = stack;
  const together = newStoredValues(channels, stack.array.dtype);
  for (const own of values) addStoredValues(together, own);
  const { facts, distinct, errors, cells } = together;
  const { firstBad: _, ...ofCells } = summariseCells(values, channels);
  const [finite = 0, , , ...odd] = cells.subarray(0, momentFacts);
  const all = odd.reduce((a, b) => a + b, finite);
  const size = channels * all;
  const unit = facts.outside === 0 && channels > 1;
  const [one = 0, wide = 0, ratio = 0] = unit ? together.sums : [];
  const [above = 0, below = 0] = isWithinEnds(together) ? together.ends : [];
  return {
    size: stack.images * channels * stack.spatial.reduce((a, b) => a * b, 1),
    ...ofCells,
    firstNonFinite: null,
    min: facts.min,
    max: facts.max,
    outsideUnit: facts.outside / size,
    zeros: facts.zeros / size,
    integers: facts.integers / size,
    distinct: distinct.size,
    medianAbsolute: 0,
    huge: facts.huge / size,
    sumsToOne: one / all,
    sumError: unit ? median(errors) : Number.NaN,
    logSumsToZero: areLogs(together) ? together.logSums / all : 0,
    wideRatio: wide / all,
    largestRatio: ratio,
    above070: above / size,
    below051: below / size,
    otherAxes: [],
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
