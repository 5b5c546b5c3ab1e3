import type { OptionTable } from '../core/index.ts';

export const perImage = {
  type: 'boolean',
  default: false,
  about: 'every image is ranked by itself and the losses are averaged, instead of one ranking of the whole batch',
} as const satisfies OptionTable[string];
