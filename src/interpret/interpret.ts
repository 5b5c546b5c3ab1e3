import type { Kind, Subject } from '../core/index.ts';
import { openCase } from '../measure/case.ts';
import { guessActivation } from './activation.ts';
import { activationAssumption } from './assumptions.ts';
import { choosePairing } from './choose.ts';
import { guessEncoding } from './encoding.ts';
import type { Approach, Interpretation } from './interpretation.ts';
import { kindOf, modeOf } from './kind.ts';
import { isPicture, pairings } from './layout.ts';
import { type Misfit, misfit } from './misfit.ts';
import { pairUp } from './pair.ts';
import { profileOf, profilePrediction, sketchPrediction } from './prediction-profile.ts';
import { refuseHollow, refuseState } from './refusals.ts';
import type { Named, Settings } from './settings.ts';
import { countTargetValues, profileTarget, type TargetCounts, valueMap } from './target-profile.ts';

/**
 * Works out what two arrays are: order of axes, activation, target encoding, classes, ignored values. Every guess is written
 * down with its reason and the flag that overrides it.
 * @throws InputError when no rule explains why the shapes do not fit, or there is nothing in the arrays.
 */
export function interpret(id: string, prediction: Named, target: Named, settings: Settings): Interpretation {
  return approach(id, prediction, target, settings).settle();
}

/** The same in two steps, for who looks at all values of the prediction anyway: those of a file are not read twice then. */
export function approach(id: string, prediction: Named, target: Named, settings: Settings): Approach {
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
    return { draft: () => null, settle: () => unpaired(id, prediction, target, settings, counts, gap) };
  }
  const choice = choosePairing(candidates, { largestLabel, classes: settings.classes });
  const pair = pairUp(id, prediction, target, settings, choice, counts, ignore);
  const own = choice.pairing.prediction;
  /** Distinct values that the first impression met: where they are many, they are not counted again. */
  let met = 0;
  return {
    draft() {
      if (ArrayBuffer.isView(own.array.data)) return null;
      const sketch = sketchPrediction(own);
      met = sketch.distinct;
      return pair(sketch);
    },
    settle(values) {
      const profile = values === undefined ? profilePrediction(own) : profileOf(own, values);
      refuseState(settings.activation, profile);
      return pair({ ...profile, distinct: Math.max(profile.distinct, met) });
    },
  };
}

/** A subject whose shapes do not fit: what can be said of each array alone. */
function unpaired(
  id: string,
  prediction: Named,
  target: Named,
  settings: Settings,
  counts: TargetCounts,
  { pairing, obstacle, mend }: Misfit,
): Interpretation {
  const profile = profilePrediction(pairing.prediction);
  refuseState(settings.activation, profile);
  const { channels, images, spatial } = pairing.prediction;
  const guess = guessActivation(profile, channels, settings.specs);
  const targetProfile = profileTarget(pairing.target, counts, []);
  const encoding = guessEncoding(pairing.target, targetProfile, channels, settings.ignore);
  const activation = settings.activation ?? guess.activation;
  const sets = isPicture(pairing.target, channels) ? 1 : pairing.target.channels;
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
  if (mend === null || isPicture(pairing.target, channels))
    return { subject, pixels: null, mended: null, arrays: null };
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
