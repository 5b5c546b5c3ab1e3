import {
  type Assumption,
  type Case,
  grouped,
  type Kind,
  type Obstacle,
  type Placement,
  type PredictionFacts,
  type Subject,
  type TargetFacts,
  view,
} from '../core/index.ts';
import type { Stack } from '../measure/arrays.ts';
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
import { type Choice, choosePairing } from './choose.ts';
import { guessEncoding } from './encoding.ts';
import { kindOf, modeOf } from './kind.ts';
import { isPicture, type Pairing, pairings } from './layout.ts';
import { type Misfit, misfit } from './misfit.ts';
import { profilePrediction } from './prediction-profile.ts';
import { refuseContradictions, refuseHollow, refuseState } from './refusals.ts';
import { findRinging } from './ringing.ts';
import type { Named, Settings } from './settings.ts';
import { areGrey, countTargetValues, profileTarget, targetColours, valueMap } from './target-profile.ts';

/** What the arrays are; `pixels` is null where no pixel of one meets a pixel of the other. */
export interface Interpretation {
  readonly subject: Subject;
  readonly pixels: Case | null;
  /** Of arrays that do not fit: what they are once that is put right; null where nothing puts it right. */
  readonly mended: (() => Mended) | null;
  /** The arrays that `pixels` reads, in the order that was settled on. */
  readonly arrays: { readonly prediction: Stack; readonly target: Stack; readonly mode: TargetMode } | null;
}

/** Arrays that were made to fit, and where the target is read for it. */
export interface Mended {
  readonly pixels: Case;
  readonly placement: Placement;
}

/**
 * Works out what two arrays are: order of axes, activation, target encoding, classes, ignored values. Every guess is written
 * down with its reason and the flag that overrides it.
 * @throws InputError when no rule explains why the shapes do not fit, or there is nothing in the arrays.
 */
export function interpret(id: string, prediction: Named, target: Named, settings: Settings): Interpretation {
  for (const { path, array } of [prediction, target]) refuseHollow(path, array);
  const counts = countTargetValues(target.array);
  const values = valueMap(counts);
  const torchs = settings.specs.every(({ loss }) => ['ce', 'weighted-ce', 'nll'].includes(loss.id));
  const ignore = [...settings.ignore, ...(torchs && values.has(-100) && !settings.ignore.includes(-100) ? [-100] : [])];
  const labels = [...values.keys()].filter((value) => !ignore.includes(value));
  const usual = labels.filter((value) => value < 250);
  const largestLabel = counts.integers > 0 ? Math.max(...(usual.length > 0 ? usual : [-1])) : Number.NaN;
  const candidates = pairings(prediction.array, target.array, settings.layout);
  if (candidates.length === 0) {
    const gap = misfit(prediction, target, settings.layout, counts);
    return unpaired(id, prediction, target, settings, counts, gap);
  }
  const choice = choosePairing(candidates, { largestLabel, classes: settings.classes });
  return paired(id, prediction, target, settings, choice, counts, ignore);
}

type Counts = ReturnType<typeof countTargetValues>;

function paired(
  id: string,
  prediction: Named,
  target: Named,
  settings: Settings,
  choice: Choice,
  counts: Counts,
  ignore: readonly number[],
): Interpretation {
  const { pairing } = choice;
  refuseContradictions(pairing, settings);
  const profile = profilePrediction(pairing.prediction);
  refuseState(settings.activation, profile);
  const { channels, images, spatial } = pairing.prediction;
  const guess = guessActivation(profile, channels, settings.specs);
  const activation = settings.activation ?? guess.activation;
  const known = [...valueMap(counts).keys()];
  const suspects = suspiciousValues(known, ignore, Math.max(2, channels));
  const colours = isPicture(pairing.target) ? targetColours(pairing.target) : [];
  const grey = areGrey(colours, pairing.target);
  const picture = isPicture(pairing.target) && (grey || !isMembership(known));
  const truth = picture ? { ...pairing.target, channels: 1 } : pairing.target;
  const plainProfile = profileTarget(truth, counts, suspects);
  const coded = picture && !grey && pairing.target.channels > 2;
  const ringing = coded ? undefined : findRinging(truth, plainProfile.values, ignore, Math.max(2, channels));
  const encoding = guessEncoding(truth, { ...plainProfile, ringing }, channels, ignore);
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
  const precision = settings.exact ? 'double' : undefined;
  const weighed = { ...subject, weights: weightsOf(subject, pairing, truth, mode, settings) };
  if (coded) return { subject: weighed, pixels: null, mended: null, arrays: null };
  const arrays = { prediction: pairing.prediction, target: truth, mode };
  const pixels = openCase(weighed, arrays.prediction, arrays.target, mode, precision, settings.crew);
  return { subject: weighed, pixels, mended: null, arrays };
}

function weightsOf(
  subject: Subject,
  pairing: Pairing,
  truth: Pairing['target'],
  mode: TargetMode,
  { weights }: Settings,
): readonly number[] | null {
  if (typeof weights !== 'function') return weights;
  const totals = openCase(subject, pairing.prediction, truth, mode).totals(view([]));
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

/** A subject whose shapes do not fit: what can be said of each array alone. */
function unpaired(
  id: string,
  prediction: Named,
  target: Named,
  settings: Settings,
  counts: Counts,
  { pairing, obstacle, mend }: Misfit,
): Interpretation {
  const profile = profilePrediction(pairing.prediction);
  refuseState(settings.activation, profile);
  const { channels, images, spatial } = pairing.prediction;
  const guess = guessActivation(profile, channels, settings.specs);
  const targetProfile = profileTarget(pairing.target, counts, []);
  const encoding = guessEncoding(pairing.target, targetProfile, channels, settings.ignore);
  const activation = settings.activation ?? guess.activation;
  const sets = isPicture(pairing.target) ? 1 : pairing.target.channels;
  const kind: Kind = kindOf(channels, sets, encoding.encoding, activation, settings.specs);
  const subject: Subject = {
    id,
    kind,
    channels,
    rows: kind === 'binary' ? 2 : channels,
    names: settings.names,
    images,
    spatial,
    pixels: spatial.reduce((a, b) => a * b, 1),
    spacing: settings.spacing ?? spatial.map(() => 1),
    ignore: settings.ignore,
    weights: typeof settings.weights === 'function' ? null : settings.weights,
    prediction: {
      path: prediction.path,
      dtype: prediction.array.dtype,
      shape: prediction.array.shape,
      layout: pairing.predictionLayout,
      activation,
      hints: prediction.array.hints,
      profile,
    },
    target: {
      path: target.path,
      dtype: target.array.dtype,
      shape: target.array.shape,
      layout: pairing.targetLayout,
      encoding: encoding.encoding,
      scale: encoding.scale,
      hints: target.array.hints,
      profile: targetProfile,
    },
    assumptions: [activationAssumption(settings.activation, guess, profile)],
    obstacles: [obstacle],
  };
  if (mend === null || isPicture(pairing.target)) return { subject, pixels: null, mended: null, arrays: null };
  return {
    subject,
    pixels: null,
    arrays: null,
    mended() {
      const made = mend();
      const { spatial: size } = made.prediction;
      const fitting = { ...subject, spatial: size, pixels: size.reduce((a, b) => a * b, 1) };
      const mode = modeOf(kind, made.target.channels);
      const precision = settings.exact ? 'double' : undefined;
      return { pixels: openCase(fitting, made.prediction, made.target, mode, precision), placement: made.placement };
    },
  };
}
