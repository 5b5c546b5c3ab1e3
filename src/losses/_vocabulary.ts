import { type Definition, reduction as meanOrSum } from '../core/index.ts';

export { divideBy } from '../core/index.ts';

// One vocabulary for the options of all losses: a name means the same wherever it stands.

/** `mean` or `sum` over the pixels (or elements). */
export const reduction = {
  ...meanOrSum,
  about: 'mean or sum over the valid pixels (elements, for losses on single channels)',
} as const satisfies Definition<'choice'>;

/** Targets are (1 - e) g + e / C. */
export const labelSmoothing = {
  type: 'number',
  default: 0,
  min: 0,
  max: 1,
  about: 'targets become (1 - e) g + e / C (e / 2 for one channel)',
} as const satisfies Definition<'number'>;

/** Probabilities are clipped to [clip, 1 - clip] before the logarithm. */
export const clip = {
  type: 'number',
  default: 0,
  min: 0,
  max: 0.5,
  about: 'probabilities are clipped to [clip, 1 - clip] before the logarithm (Keras: 1e-7)',
} as const satisfies Definition<'number'>;

/** ln p is not taken below this. */
export const logFloor = {
  type: 'number',
  default: null,
  max: 0,
  about: 'ln p is not taken below this (torch.nn.BCELoss: -100)',
} as const satisfies Definition<'number'>;

/** Sums run over the whole batch first. */
export const batch = {
  type: 'boolean',
  default: false,
  about: 'sums run over the whole batch before the ratio is taken, instead of per image',
} as const satisfies Definition<'boolean'>;

/** Channel 0 counts. */
export const background = {
  type: 'boolean',
  default: true,
  about: 'channel 0 takes part (no effect on one-channel predictions)',
} as const satisfies Definition<'boolean'>;

/** Focusing parameter. */
export const gamma = {
  type: 'number',
  default: 2,
  min: 0,
  about: 'focusing exponent on 1 - p of the true class; 0 is plain cross-entropy',
} as const satisfies Definition<'number'>;

/** The same number added above and below the line. */
export const smooth = {
  type: 'number',
  default: null,
  min: 0,
  about: 'added to numerator and denominator; sets smooth-nr and smooth-dr',
} as const satisfies Definition<'number'>;

/** Added above the line. */
export const smoothNr = {
  type: 'number',
  default: 1e-5,
  min: 0,
  about: 'added to the numerator',
} as const satisfies Definition<'number'>;

/** Added below the line. */
export const smoothDr = {
  type: 'number',
  default: 1e-5,
  min: 0,
  about: 'added to the denominator',
} as const satisfies Definition<'number'>;

/** Least denominator. */
export const eps = {
  type: 'number',
  default: 0,
  min: 0,
  about: 'the denominator (and an index before its logarithm) is at least this; 0 leaves it alone',
} as const satisfies Definition<'number'>;

/** What becomes of an overlap index. */
export const form = {
  type: 'choice',
  default: 'complement',
  choices: ['complement', 'negative', 'log'],
  about: '1 - index, -index (nnU-Net, SegLoss), or -ln index per class (SMP log_loss)',
} as const satisfies Definition<'choice'>;

/** Which pixels a mean counts. */
export const count = {
  type: 'choice',
  default: 'valid',
  choices: ['valid', 'all'],
  about: 'a mean is taken over the valid pixels, or over all pixels, ignored ones included with loss 0 (SMP)',
} as const satisfies Definition<'choice'>;
