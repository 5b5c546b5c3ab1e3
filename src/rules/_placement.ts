import type { Subject } from '../core/index.ts';
import { type Confusion, kappa } from '../measures/index.ts';

/** Another placement of the target must agree at least this well with the prediction, and this much better than the one in the file. */
export const agreementLimit = 0.4;
export const gainLimit = 0.2;

/** Below this many pixels agreement happens by chance. */
export const pixelLimit = 100;

/** In a smaller crop one region that the network misses or misnames can be most of what there is. */
export const surePixels = 5000;
const sureAgreement = 0.5;

/** Whether another placement is beyond doubt: in a small crop, or where the agreement is poor, a healthy network can gain as much by chance. */
export function isSure(valid: number, after: number): boolean {
  return valid >= surePixels && after >= sureAgreement;
}

/** What follows when prediction and target are not of the same place, image or class. */
export const misplacedConsequences: readonly string[] = [
  '*',
  'single-class-collapse',
  'threshold-misfit',
  'confidently-wrong',
  'no-better-than-prior',
  'boundary-errors',
  'miscalibrated',
  'background-inflates-dice',
  'starved-class',
  'tiny-foreground',
];

/** The rules that look for another place, image or class: the one that agrees best speaks, the others stand under it. */
export const misplacements = [
  'orientation-mismatch',
  'misaligned-target',
  'pair-mismatch',
  'class-permutation',
  'inverted-target',
];

/**
 * Whether another placement could be found at all: enough pixels, agreement now that leaves room for so large a gain, as a
 * difference and as a ratio, and more than one class in the target and in the decisions.
 */
export function leavesRoom({ matrix, truth, predicted, agreed, valid }: Confusion, gain: number, ratio = 1): boolean {
  if (!(valid >= pixelLimit)) return false;
  if (matrix === null) {
    const dice = truth.map((n, c) => (2 * (agreed[c] ?? 0)) / (n + (predicted[c] ?? 0)));
    return dice.some((own) => own < 1 - gain);
  }
  const several = (pixels: Float64Array): boolean => pixels.filter((n) => n > 0).length > 1;
  const now = kappa(matrix, truth.length);
  return several(truth) && several(predicted) && now < 1 - gain && ratio * now < 1;
}

/**
 * Whether the pixels of the target, put anywhere else, could agree to `least` and by `gain` more than now: in no class can more
 * of them agree than there are in the rarer of target and decisions. Decided from counts, before anything is searched.
 */
export function couldAgree({ matrix, truth, predicted, valid }: Confusion, least: number, gain: number): boolean {
  if (matrix === null) return true;
  let [agreed, chance] = [0, 0];
  for (const [row, n] of truth.entries()) {
    const own = predicted[row] ?? 0;
    agreed += Math.min(n, own) / valid;
    chance += (n / valid) * (own / valid);
  }
  return (agreed - chance) / (1 - chance) >= Math.max(least, kappa(matrix, truth.length) + gain);
}

/** How sure a finding is that rests on agreement: the better the other placement agrees. */
export function strengthOf(after: number): number {
  return 0.5 + 0.45 * Math.max(0, Math.min(1, after));
}

/** What the Dice of an agreement is of. */
export function diceLabel({ kind }: Subject): string {
  if (kind === 'binary') return 'Dice of the foreground';
  return kind === 'exclusive' ? 'mean Dice of the classes' : 'mean Dice of the sets of classes';
}
