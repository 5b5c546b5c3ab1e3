import type { OptionTable } from '../core/index.ts';
import { indexOptions } from './_index.ts';

/** Options of the losses that weigh the two kinds of error against each other. */
export const tverskyOptions = {
  ...indexOptions,
  fp: { type: 'number', default: 0.3, min: 0, about: 'weight of false positives: alpha in the paper, MONAI and SMP' },
  fn: { type: 'number', default: 0.7, min: 0, about: 'weight of false negatives: beta in the paper, MONAI and SMP' },
} as const satisfies OptionTable;
