import { orientationsOf } from '../../src/core/index.ts';
import type { Agreement } from '../../src/measures/_agreement.ts';
import { confusionOf } from './_counts.ts';

/** An agreement of so much kappa. */
export function agreement(kappa: number): Agreement {
  return { kappa, dice: (1 + kappa) / 2, valid: 1000 };
}

/** Decisions that agree with the target no better than chance. */
export const chance = confusionOf([
  [300, 300],
  [200, 200],
]);

/** The orientations of an image by name, as the file has them. */
export const planeOrientations = orientationsOf(2);
