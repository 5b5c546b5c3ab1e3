import {
  type Assumption,
  type Case,
  grouped,
  type Kind,
  type Obstacle,
  type PredictionFacts,
  type PredictionProfile,
  type Subject,
  type TargetFacts,
  view,
} from '../core/index.ts';
import { openCase } from '../measure/case.ts';
import type { TargetMode } from '../measure/target.ts';
import { guessActivation } from './activation.ts';
import {
  activationAssumption,
  ignoreAssumption,
  kindAssumption,
  voidAssumption,
  weightAssumption,
} from './assumptions.ts';
import type { Choice } from './choose.ts';
import { guessEncoding } from './encoding.ts';
import type { Interpretation } from './interpretation.ts';
import { kindOf, modeOf } from './kind.ts';
import { colourScale } from './layout.ts';
import { refuseContradictions } from './refusals.ts';
import { findRinging } from './ringing.ts';
import type { Named, Settings } from './settings.ts';
import { areGrey, profileTarget, type TargetCounts, targetColours, valueMap } from './target-profile.ts';

/** Reads the target of arrays that meet; what is returned says what the pair is, given the facts of the prediction. */
export function pairUp(
  id: string,
  prediction: Named,
  target: Named,
  settings: Settings,
  choice: Choice,
  counts: TargetCounts,
  ignore: readonly number[],
): (profile: PredictionProfile) => Interpretation {
  const { pairing } = choice;
  refuseContradictions(pairing, settings);
  const { channels, images, spatial } = pairing.prediction;
  const known = [...valueMap(counts).keys()];
  const suspects = suspiciousValues(known, ignore, Math.max(2, channels));
  const scale = colourScale(pairing.target, channels);
  const colours = scale === null ? [] : targetColours(pairing.target, scale);
  const grey = areGrey(colours, pairing.target);
  const picture = scale !== null && (grey || !isMembership(known));
  const truth = picture ? { ...pairing.target, channels: 1 } : pairing.target;
  const plainProfile = profileTarget(truth, counts, suspects);
  const coded = picture && !grey && pairing.target.channels > 2;
  const ringing = coded ? undefined : findRinging(truth, plainProfile.values, ignore, Math.max(2, channels));
  const encoding = guessEncoding(truth, { ...plainProfile, ringing }, channels, ignore);
  const precision = settings.exact ? 'double' : undefined;
  /** The target is read by what a pixel of it says. */
  const cases = new Map<Kind, Case>();
  return (profile) => {
    const guess = guessActivation(profile, channels, settings.specs);
    const activation = settings.activation ?? guess.activation;
    const kind: Kind = kindOf(channels, truth.channels, encoding.encoding, activation, settings.specs);
    const mode: TargetMode = modeOf(kind, truth.channels);
    const obstacles: Obstacle[] = [];
    const bad = profile.nan + profile.positiveInfinity + profile.negativeInfinity;
    if (bad > 0) {
      const reason = `${grouped(bad)} predictions are not finite`;
      obstacles.push({ rule: 'nonfinite-prediction', blocks: ['prediction', 'pair'], reason });
    }
    if (coded) {
      const reason = 'the target holds colours, not class ids';
      obstacles.push({ rule: 'color-coded-target', blocks: ['target', 'pair'], reason });
    }
    const assumptions: Assumption[] = [
      {
        about: 'layout',
        chosen: pairing.predictionLayout,
        because: settings.layout === null ? choice.because : 'given',
        override: '--layout',
        confidence: settings.layout === null ? choice.confidence : 'sure',
      },
      activationAssumption(settings.activation, guess, profile),
      {
        about: 'target encoding',
        chosen: coded ? 'color-coded' : encoding.encoding,
        because: coded ? `${colours.length || 'many'} distinct colours` : encoding.because,
        override: null,
        confidence: encoding.confidence,
      },
      ...kindAssumption(kind, channels, encoding.because),
      ...ignoreAssumption(settings.ignore, ignore),
      ...voidAssumption(kind, truth.channels > 1 ? (plainProfile.channelSums?.none ?? 0) : 0),
      ...weightAssumption(settings),
    ];
    const facts: PredictionFacts = {
      path: prediction.path,
      dtype: prediction.array.dtype,
      shape: prediction.array.shape,
      layout: pairing.predictionLayout,
      activation,
      hints: prediction.array.hints,
      profile,
    };
    const truthFacts: TargetFacts = {
      path: target.path,
      dtype: target.array.dtype,
      shape: target.array.shape,
      layout: pairing.targetLayout,
      encoding: coded ? 'color-coded' : encoding.encoding,
      scale: encoding.scale,
      levels: encoding.levels,
      hints: target.array.hints,
      profile: { ...plainProfile, colours: picture ? colours : [], ringing },
    };
    const rows = kind === 'binary' ? 2 : channels;
    const subject: Subject = {
      id,
      kind,
      channels,
      rows,
      names: settings.names,
      images,
      spatial,
      pixels: spatial.reduce((a, b) => a * b, 1),
      spacing: settings.spacing ?? prediction.array.hints.spacing ?? spatial.map(() => 1),
      ignore,
      weights: null,
      prediction: facts,
      target: truthFacts,
      assumptions,
      obstacles,
    };
    const arrays = { prediction: pairing.prediction, target: truth, mode };
    const known = cases.get(kind) ?? openCase(subject, arrays.prediction, truth, mode, precision, settings.crew);
    cases.set(kind, known);
    const weighed = { ...subject, weights: weightsOf(known, settings) };
    if (coded) return { subject: weighed, pixels: null, mended: null, arrays: null };
    return { subject: weighed, pixels: known.described(weighed), mended: null, arrays };
  };
}

function weightsOf(subject: Case, { weights }: Settings): readonly number[] | null {
  if (typeof weights !== 'function') return weights;
  const totals = subject.totals(view([]));
  const pixels = new Array<number>(subject.rows).fill(0);
  totals.count.forEach((count, cell) => {
    const row = subject.kind === 'binary' ? 1 : cell % subject.channels;
    pixels[row] = (pixels[row] ?? 0) + count;
  });
  if (subject.kind === 'binary') pixels[0] = totals.valid.reduce((a, b) => a + b, 0) - (pixels[1] ?? 0);
  return weights(pixels);
}

/** Values that are neither a class nor declared as ignored, at most eight: worth a look at where they lie. */
function suspiciousValues(values: readonly number[], ignore: readonly number[], classes: number): number[] {
  const odd = values.filter((v) => Number.isInteger(v) && (v < 0 || v >= classes) && !ignore.includes(v));
  return odd.length <= 8 ? odd : [];
}

/** Channels of zeros and ones are one-hot or multi-hot classes, not a picture. */
function isMembership(values: readonly number[]): boolean {
  return values.every((value) => value === 0 || value === 1);
}
