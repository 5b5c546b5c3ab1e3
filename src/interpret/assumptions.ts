import type { Activation, Assumption, Kind, PredictionProfile } from '../core/index.ts';
import type { ActivationGuess } from './activation.ts';
import { probabilityStates } from './refusals.ts';
import type { Settings } from './settings.ts';

/** What the prediction holds: as given, or as guessed. */
export function activationAssumption(
  given: Activation | null,
  guess: ActivationGuess,
  { outsideUnit }: PredictionProfile,
): Assumption {
  const about = { about: 'activation', override: '--activation' };
  if (given === null) {
    return { ...about, chosen: guess.activation, because: guess.because, confidence: guess.confidence };
  }
  if (!probabilityStates.includes(given) || !(outsideUnit > 0)) {
    return { ...about, chosen: given, because: 'given', confidence: 'sure' };
  }
  const because = `given, although ${percent(outsideUnit)} of the values lie outside [0, 1], where ln p is not defined`;
  return { ...about, chosen: given, because, confidence: 'likely' };
}

/** Several channels: exclusive, or each a question of its own. */
export function kindAssumption(kind: Kind, channels: number, because: string): Assumption[] {
  if (kind === 'binary') return [];
  const chosen = kind === 'exclusive' ? `${channels} classes, one per pixel` : `${channels} classes that may overlap`;
  return [{ about: 'classes', chosen, because, override: '--classes', confidence: 'sure' }];
}

/** What is ignored although nobody said so. */
export function ignoreAssumption(declared: readonly number[], ignore: readonly number[]): Assumption[] {
  if (declared.length === ignore.length) return [];
  const because = "torch's cross-entropy ignores -100 unless told otherwise";
  return [{ about: 'ignored label', chosen: '-100', because, override: '--ignore-index', confidence: 'likely' }];
}

/** One-hot rows of zeros have no class. */
export function voidAssumption(kind: Kind, none: number): Assumption[] {
  if (kind !== 'exclusive' || !(none > 0)) return [];
  const because = `${percent(none)} of the pixels have no channel set; torch counts them in its mean all the same`;
  return [{ about: 'pixels without a class', chosen: 'ignored', because, override: null, confidence: 'likely' }];
}

/** Weights that a weighted loss needs and nobody gave, or that were given and none of the declared losses takes. */
export function weightAssumption({ specs, weights }: Settings): Assumption[] {
  const about = { about: 'class weights', override: '--weights', confidence: 'guess' } as const;
  if (weights === null) {
    if (!specs.some(({ loss }) => loss.id === 'weighted-ce')) return [];
    return [{ ...about, chosen: '1/frequency', because: 'weighted-ce was declared without weights' }];
  }
  if (specs.length === 0 || specs.some(({ loss }) => loss.weighted)) return [];
  const because = `${specs.map(({ text }) => text).join(' and ')} takes no class weights; only other losses of the table have them`;
  return [{ ...about, chosen: 'not used', because, override: '--loss', confidence: 'likely' }];
}

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(3))} %`;
}
