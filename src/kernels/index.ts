// The kernels by name. Those that come in two forms choose by where their arrays lie: in the memory of the SIMD module, or not.
export { addRun, affineWhole } from './scalar/affine.ts';
export {
  classSets,
  countAgreement,
  countWholeAgreement,
  keepLabels,
  type Reading,
  type Sample,
  samplePixels,
  valuesAt,
} from './scalar/agreement.ts';
export * from './scalar/bands.ts';
export * from './scalar/calibration.ts';
export {
  classIds,
  classMassGradient,
  crossedHits,
  crossedHitsGradient,
  weightedHits,
  weightedHitsGradient,
} from './scalar/class-mass.ts';
export { binaryConfusion } from './scalar/confusion.ts';
export * from './scalar/contrast.ts';
export * from './scalar/curve.ts';
export * from './scalar/decisions.ts';
export * from './scalar/descent.ts';
export {
  absolute,
  bothSides,
  huber,
  jensenShannon,
  type Pair,
  reverseKl,
  square,
  sumChanges,
  sumLogTargets,
} from './scalar/differences.ts';
export * from './scalar/embedding.ts';
export * from './scalar/embedding-angles.ts';
export * from './scalar/embedding-distance.ts';
export * from './scalar/embedding-mining.ts';
export * from './scalar/gather.ts';
export {
  gradientColumns,
  likelihoodAtProbabilities,
  type PixelFactor,
  regionColumns,
} from './scalar/gradient.ts';
export * from './scalar/hausdorff.ts';
export * from './scalar/islands.ts';
export * from './scalar/labels.ts';
export { logisticColumns } from './scalar/logistic.ts';
export { log, negate, pick } from './scalar/logs.ts';
export * from './scalar/lovasz.ts';
export { type MarginNumbers, marginGradient, marginLoss } from './scalar/margins.ts';
export { type BoxPattern, boxPatterns, boxShares, closestShift, distanceGradient } from './scalar/neighbours.ts';
export { overlapColumns } from './scalar/overlap.ts';
export * from './scalar/penalty.ts';
export * from './scalar/placement.ts';
export {
  absoluteAt,
  absoluteBins,
  addError,
  logSumsToZero,
  quantileBin,
  sumAlongAxis,
  type ValueFacts,
} from './scalar/profile.ts';
export * from './scalar/ramps.ts';
export type { Reals } from './scalar/reals.ts';
export * from './scalar/regions.ts';
export * from './scalar/resample.ts';
export * from './scalar/ringing.ts';
export * from './scalar/select.ts';
export * as shapes from './scalar/shapes.ts';
export * from './scalar/signed-distance.ts';
export * from './scalar/skeleton.ts';
export * from './scalar/spread.ts';
export { numberAt } from './scalar/stored.ts';
export {
  countBelow,
  histogram,
  smoothLosses,
  sumChannels,
  surpriseTail,
  tailColumns,
} from './scalar/sums.ts';
export * from './scalar/temperature.ts';
export * from './scalar/threshold.ts';
export { unifiedColumns, unifiedPixel } from './scalar/unified-focal.ts';
export * from './scalar/values.ts';
export * from './simd/confusion.ts';
export * from './simd/differences.ts';
export * from './simd/distance.ts';
export * from './simd/gradient.ts';
export * from './simd/logistic.ts';
export * from './simd/logs.ts';
export * from './simd/margins.ts';
export * from './simd/neighbours.ts';
export * from './simd/overlap.ts';
export * from './simd/profile.ts';
export * from './simd/sigmoid.ts';
export * from './simd/softmax.ts';
export * from './simd/sums.ts';
export * from './simd/terms.ts';
export * from './simd/workspace.ts';
