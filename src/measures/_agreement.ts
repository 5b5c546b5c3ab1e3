import { contiguousStrides, type Orientation } from '../core/index.ts';
import { countWholeAgreement, type Reading, type Sample, samplePixels } from '../kernels/index.ts';
import type { Confusion } from './confusion.ts';
import type { Decisions } from './decisions.ts';

/** How well decisions and labels agree. */
export interface Agreement {
  /** Cohen's kappa: 1 is perfect, 0 is chance; NaN where one class is all there is. */
  readonly kappa: number;
  /** Dice of the foreground, or the mean over the classes that occur. */
  readonly dice: number;
  readonly valid: number;
}

/** Counts [agreed, in the target, decided] per class for an agreement. */
export function emptyCounts(rows: number): Float64Array {
  return new Float64Array(3 * rows);
}

/** What the counts say. */
export function agreementOf(counts: Float64Array, rows: number): Agreement {
  let [valid, agreed, chance, dice, present] = [0, 0, 0, 0, 0];
  for (let r = 0; r < rows; r++) valid += counts[rows + r] ?? 0;
  for (let r = 0; r < rows; r++) {
    const [both, truth, decided] = [counts[r] ?? 0, counts[rows + r] ?? 0, counts[2 * rows + r] ?? 0];
    agreed += both;
    chance += (truth / valid) * (decided / valid);
    if (truth + decided === 0 || (rows === 2 && r === 0)) continue;
    dice += (2 * both) / (truth + decided);
    present++;
  }
  return { kappa: (agreed / valid - chance) / (1 - chance), dice: dice / present, valid };
}

/** Pixels of one image that stand for all of it: at most so many, spread by the golden ratio, the same on every run. */
export function spreadSample(spatial: readonly number[], limit: number): Sample {
  const pixels = spatial.reduce((a, b) => a * b, 1);
  if (pixels <= limit) return samplePixels(spatial, 1, pixels);
  let step = Math.round(0.618_033_988_75 * pixels);
  while (divisor(step, pixels) > 1) step++;
  return samplePixels(spatial, step, limit);
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}

/** The label of a pixel under an orientation; orientations that change the shape are read wrongly. */
export function orientedReading(spatial: readonly number[], { axes, flips }: Orientation): Reading {
  const plain = contiguousStrides(spatial);
  const strides = axes.map((axis, k) => (flips[k] ? -1 : 1) * (plain[axis] ?? 0));
  const base = strides.reduce((sum, stride, k) => sum + (stride < 0 ? -stride * ((spatial[k] ?? 1) - 1) : 0), 0);
  return { base, strides, offset: spatial.map(() => 0), shape: spatial };
}

/** The label that stands `offset` away. */
export function shiftedReading(spatial: readonly number[], offset: readonly number[]): Reading {
  return { base: 0, strides: contiguousStrides(spatial), offset, shape: spatial };
}

/** Agreement of the decisions with the target as it lies, which the confusion matrix has counted; for overlapping classes the sets are counted. */
export function agreementNow(confusion: Confusion, decisions: () => Decisions, spatial: readonly number[]): Agreement {
  const { matrix, agreed, truth, predicted } = confusion;
  if (matrix !== null) return agreementOf(Float64Array.of(...agreed, ...truth, ...predicted), truth.length);
  const unmoved = shiftedReading(
    spatial,
    spatial.map(() => 0),
  );
  return wholeAgreement(decisions(), () => unmoved);
}

/** Agreement over all pixels of the case, the target of each image read as said. */
export function wholeAgreement({ decided, labels, rows }: Decisions, reading: (image: number) => Reading): Agreement {
  const counts = emptyCounts(rows);
  for (const [image, truth] of labels.entries()) {
    const own = decided[image];
    if (own !== undefined) countWholeAgreement(own, truth, reading(image), rows, counts);
  }
  return agreementOf(counts, rows);
}
