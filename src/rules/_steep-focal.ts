import type { Evaluation, Finding } from '../core/index.ts';
import type { SurpriseTail } from '../measures/index.ts';
import { count, plural } from './_words.ts';
import { numberOption } from './_zero-cost.ts';

/** True for a focal loss whose power (1 - p)^gamma has an infinite slope at p = 1. */
export function isSteep(loss: Evaluation): boolean {
  const gamma = numberOption(loss, 'gamma') ?? 0;
  return loss.spec.loss.id === 'focal' && gamma > 0 && gamma < 1 && !((numberOption(loss, 'clip') ?? 0) > 0);
}

/** The finding for such a loss. */
export function steepFinding(loss: Evaluation, tail: SurpriseTail): Finding {
  const gamma = numberOption(loss, 'gamma') ?? 0;
  return {
    title: 'the focal gradient is NaN where p is 1',
    message:
      `${plural(tail.certain, 'pixel')} of ${count(tail.pixels)} have probability 1 for the true class, where the slope of ` +
      `(1 - p)^${gamma} is infinite and its product with ln 1 is NaN. gamma must be 0 or at least 1, or p be clipped.`,
    evidence: [
      { label: 'gamma', value: gamma, limit: '0, or 1 and above' },
      { label: 'pixels whose true class has p = 1', value: tail.certain, limit: 0 },
      { label: 'size of the gradient', value: loss.gradient?.l2 ?? Number.NaN },
    ],
    strength: 0.9,
  };
}
