// The kernels by name. Those that come in two forms choose by where their arrays lie: in the memory of the SIMD module, or not.
export { affineWhole } from './scalar/affine.ts';
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
export { bogusDistances } from './scalar/bogus-distances.ts';
export { calibrationBins, calibrationColumns } from './scalar/calibration.ts';
export { addSparse, isConstant, type Sparse, sparseProduct, sparseSum } from './scalar/channels.ts';
export {
  classIds,
  classMassGradient,
  crossedHits,
  crossedHitsGradient,
  weightedHits,
  weightedHitsGradient,
} from './scalar/class-mass.ts';
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
  likelihoodAtProbabilities,
  type PixelFactor,
  regionColumns,
} from './scalar/gradient.ts';
export { gradientColumns } from './scalar/gradient-summary.ts';
export * from './scalar/islands.ts';
export {
  asLabels,
  closeRows,
  countLabels,
  countTargets,
  fillIgnored,
  fromOneHot,
  type LabelTable,
  lookUp,
  maskIgnored,
  toLevels,
} from './scalar/labels.ts';
export * from './scalar/log-sums.ts';
export { logisticColumns } from './scalar/logistic.ts';
export { log, negate, pick } from './scalar/logs.ts';
export { logit } from './scalar/lovasz.ts';
export { type MarginNumbers, marginGradient, marginLoss } from './scalar/margins.ts';
export { type BoxPattern, boxPatterns, boxShares, closestShift, distanceGradient } from './scalar/neighbours.ts';
export { overlapColumns } from './scalar/overlap.ts';
export { type PenaltyNumbers, penaltyRows } from './scalar/penalty.ts';
export * from './scalar/placement.ts';
export {
  absoluteAt,
  absoluteBins,
  addError,
  cellFacts,
  countEnds,
  countSizes,
  quantileBin,
  sumAlongAxis,
  type ValueFacts,
} from './scalar/profile.ts';
export * from './scalar/ramps.ts';
export { type Reals, roomForLabels } from './scalar/reals.ts';
export * from './scalar/regions.ts';
export * from './scalar/resample.ts';
export * from './scalar/ringing.ts';
export * as shapes from './scalar/shapes.ts';
export * from './scalar/spread.ts';
export { eachRun, type Numbers, numberAt } from './scalar/stored.ts';
export {
  countBelow,
  histogram,
  smoothLosses,
  sumChannels,
  tailColumns,
} from './scalar/sums.ts';
export { belowLargest, type LossAt, sigmoidLossAt } from './scalar/temperature.ts';
export * from './scalar/threshold.ts';
export { unifiedColumns, unifiedPixel } from './scalar/unified-focal.ts';
export * from './scalar/values.ts';
export * from './simd/bands.ts';
export * from './simd/bytes.ts';
export * from './simd/channels.ts';
export * from './simd/confusion.ts';
export * from './simd/differences.ts';
export * from './simd/distance.ts';
export * from './simd/edges.ts';
export * from './simd/gradient.ts';
export * from './simd/gradient-summary.ts';
export * from './simd/half.ts';
export * from './simd/interleaved.ts';
export * from './simd/logistic.ts';
export * from './simd/logs.ts';
export * from './simd/lovasz.ts';
export * from './simd/margins.ts';
export * from './simd/neighbours.ts';
export * from './simd/outcomes.ts';
export * from './simd/overlap.ts';
export * from './simd/penalty.ts';
export * from './simd/pooling.ts';
export * from './simd/profile.ts';
export * from './simd/select.ts';
export * from './simd/sigmoid.ts';
export * from './simd/softmax.ts';
export * from './simd/sums.ts';
export * from './simd/temperature.ts';
export * from './simd/terms.ts';
export * from './simd/transpose.ts';
export * from './simd/workspace.ts';
