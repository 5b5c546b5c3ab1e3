import type { LossValue, Subject } from '../core/index.ts';
import { background } from './_vocabulary.ts';

/** Channel 0 stays out unless asked for, as in the papers' code and in MONAI. */
export const foregroundOnly = { ...background, default: false } as const;

/** Distances in the units of the file. */
export const spacing = {
  type: 'boolean',
  default: false,
  about: 'distances in the units of --spacing instead of pixels',
} as const;

/** The first channel that takes part. */
export function firstChannel(withBackground: boolean, channels: number): number {
  return withBackground || channels === 1 ? 0 : 1;
}

/** Mean over the valid pixels and the channels that take part, from sums per channel. */
export function channelMean(sums: Float64Array, valid: number, first: number, subject: Subject): LossValue {
  const used = [...sums].slice(first);
  const perClass = [...sums].map((sum, c) => (c < first || valid === 0 ? null : sum / valid));
  const binary = subject.kind === 'binary';
  return {
    value: used.reduce((a, b) => a + b, 0) / (valid * used.length),
    perClass: binary ? [null, perClass[0] ?? null] : perClass,
    contributions: !binary && used.every((sum) => sum >= 0) ? [...sums].map((sum, c) => (c < first ? 0 : sum)) : null,
  };
}

/** The same factor for all channels, the ones before `first` at 0. */
export function channelFactors(factor: number, first: number, { channels }: Subject): Float64Array {
  return new Float64Array(channels).fill(factor, first);
}
