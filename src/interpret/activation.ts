import { type Activation, type Confidence, grouped, type LossSpec, type PredictionProfile } from '../core/index.ts';

/** What a stored prediction was taken to be, and why. */
export interface ActivationGuess {
  readonly activation: Activation;
  readonly because: string;
  readonly confidence: Confidence;
}

/** All states that --activation takes. */
export const activations: readonly Activation[] = [
  'logits',
  'softmax',
  'sigmoid',
  'log-softmax',
  'activated-twice',
  'one-hot',
  'labels',
  'scaled-by-255',
];

/** Decides from the whole array what the stored values are; where it does not decide, the declared loss does. */
export function guessActivation(
  profile: PredictionProfile,
  channels: number,
  specs: readonly LossSpec[],
): ActivationGuess {
  const { min, max, distinct, integers } = profile;
  const range = `values from ${short(min)} to ${short(max)}`;
  const sure = (activation: Activation, because: string): ActivationGuess => ({
    activation,
    because,
    confidence: 'sure',
  });
  if (integers === 1 && distinct >= 2 && distinct <= Math.max(channels, 2) + 1 && min >= 0) {
    const hard = channels > 1 && max === 1 ? 'one-hot' : 'labels';
    return sure(hard, `only ${distinct} distinct values, all of them integers: decisions, not scores`);
  }
  if (channels > 1 && profile.logSumsToZero >= 0.999) {
    return sure('log-softmax', `${range}; exp of the channels sums to 1`);
  }
  if (profile.outsideUnit <= 1e-4 && min >= -0.05 && max <= 1.05) return withinUnit(profile, channels, specs, range);
  if (min >= 0 && max > 1.5 && max <= 255 && integers >= 0.99 && distinct > channels + 1) {
    return sure('scaled-by-255', `${range}, ${short(100 * integers)} % of them integers`);
  }
  return sure('logits', channels > 1 ? `${range}; the channels do not sum to 1` : range);
}

function withinUnit(
  profile: PredictionProfile,
  channels: number,
  specs: readonly LossSpec[],
  range: string,
): ActivationGuess {
  const { min, max, size } = profile;
  if (channels > 1 && profile.sumsToOne >= 0.999) {
    const because = `${range}; the channels sum to 1`;
    if (profile.largestRatio <= 1.001 && profile.wideRatio >= 0.01) {
      return {
        activation: 'activated-twice',
        because: `${because}, and none is over e times another`,
        confidence: 'sure',
      };
    }
    return { activation: 'softmax', because, confidence: 'sure' };
  }
  const band = min >= 0.4999 && max <= 0.7312 && profile.above070 >= 0.01 && profile.below051 >= 0.01;
  if (band)
    return { activation: 'activated-twice', because: `${range}: sigmoid of values in [0, 1]`, confidence: 'likely' };
  const axis = profile.otherAxes.find((it) => it.sumError < 1e-3);
  if (axis !== undefined && profile.sumError > 0.05) {
    return {
      activation: 'softmax',
      because: `${range}; the values sum to 1 ${axis.axis === 'space' ? 'over all pixels of an image' : `along ${axis.axis}`}, not along C`,
      confidence: 'sure',
    };
  }
  // Both ends of [0, 1] reached and neither passed: logits do not stop there.
  const clearCut = min < 0.1 && max > 0.9 && size >= 256;
  if ((max - min > 0.5 && size >= 1e4) || clearCut) {
    return {
      activation: 'sigmoid',
      because: `${range} over ${grouped(size)} values`,
      confidence: 'likely',
    };
  }
  const declared = specs.find(({ from }) => from !== 'auto')?.from;
  const activation = declared === 'logits' ? 'logits' : 'sigmoid';
  const because =
    declared === undefined
      ? `${range}, and none below 0: probabilities rather than logits`
      : `${range} over too few values or too short a range to tell; the declared loss takes ${declared}`;
  return { activation, because, confidence: 'guess' };
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}
