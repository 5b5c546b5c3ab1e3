import type { Step, Subject, View } from '../core/index.ts';
import { scoresOfSigmoid, scoresOfSoftmax, shiftToSumOne } from '../kernels/index.ts';

/** What is free to move, and how the stored values follow from it. */
export interface FreeScores {
  readonly about: string;
  /** Puts the scores behind the stored values of an image (channels x pixels) in their place. */
  start(values: Float64Array, channels: number, pixels: number): void;
  /** A view of the stored values as a view of the scores. */
  reading(it: View): View;
  /** The scores stay within these; where they are not infinite, nothing else says what the file can hold. */
  readonly low: number;
  readonly high: number;
}

/** Probabilities of exactly 0 are taken for the smallest float32, those of 1 for the float32 below. */
const least = 2 ** -149;
const gap = 2 ** -24;

/**
 * What a network can move of a stored array: logits as they are; of probabilities the logits behind them, so that they stay probabilities
 * whatever the loss pulls at. Null for decisions, which let no gradient through.
 */
export function freeScores({ kind, prediction }: Subject, wired: View): FreeScores | null {
  const { activation, profile } = prediction;
  const nudged = profile.min <= 0 ? ' (zeros taken for the smallest float32)' : '';
  switch (activation) {
    case 'logits':
      return { about: 'the stored logits', start: () => {}, reading: (it) => it, low: -Infinity, high: Infinity };
    case 'one-hot':
    case 'labels':
      return null;
    case 'softmax':
      return profile.sumsToOne >= 0.99 ? behindSoftmax(1, nudged) : behindSigmoid(1, nudged);
    case 'sigmoid':
      return behindSigmoid(1, nudged);
    case 'activated-twice':
      return kind === 'exclusive' ? behindSoftmax(2, nudged) : behindSigmoid(2, nudged);
    case 'log-softmax':
      return startsOver(wired) ? behindLogSoftmax : within('the stored log-probabilities, none above 0', -Infinity, 0);
    case 'scaled-by-255':
      return within('the stored values, between 0 and 255', 0, 255);
  }
}

function behindSoftmax(times: 1 | 2, nudged: string): FreeScores {
  return {
    about: `the logits behind ${times === 1 ? 'the stored probabilities' : 'both activations'}${nudged}`,
    start(values, channels, pixels) {
      scoresOfSoftmax(values, least);
      if (times === 1) return;
      shiftToSumOne(values, channels, pixels);
      scoresOfSoftmax(values, least);
    },
    reading: (it) => prefixed(it, new Array<Step>(times).fill('softmax')),
    low: -Infinity,
    high: Infinity,
  };
}

function behindSigmoid(times: 1 | 2, nudged: string): FreeScores {
  return {
    about: `the logits behind ${times === 1 ? 'the stored probabilities' : 'both activations'}${nudged}`,
    start(values) {
      for (let k = 0; k < times; k++) scoresOfSigmoid(values, least, gap);
    },
    reading: (it) => prefixed(it, new Array<Step>(times).fill('sigmoid')),
    low: -Infinity,
    high: Infinity,
  };
}

/** Log-probabilities are logits already: their softmax is their exponential. */
const behindLogSoftmax: FreeScores = {
  about: 'the logits behind the stored log-probabilities',
  start: () => {},
  reading: (it) =>
    changed(it, ({ steps }) => ['softmax', ...(steps[0] === 'exp' || steps[0] === 'softmax' ? steps.slice(1) : steps)]),
  low: -Infinity,
  high: Infinity,
};

/** True where every term begins by making probabilities of the stored values. */
function startsOver(it: View): boolean {
  return (it.terms ?? [it]).every(({ steps }) => steps[0] === 'exp' || steps[0] === 'softmax');
}

function within(about: string, low: number, high: number): FreeScores {
  return { about, start: () => {}, reading: (it) => it, low, high };
}

function prefixed(it: View, first: readonly Step[]): View {
  return changed(it, ({ steps }) => [...first, ...steps]);
}

function changed(it: View, steps: (own: View) => readonly Step[]): View {
  const terms = it.terms?.map((term) => changed(term, steps));
  return { ...it, steps: steps(it), ...(terms === undefined ? {} : { terms }) };
}
