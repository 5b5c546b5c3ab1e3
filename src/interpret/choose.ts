import type { Confidence } from '../core/index.ts';
import { numberAt } from '../kernels/index.ts';
import { isPicture, type Pairing } from './layout.ts';
import { profilePrediction } from './prediction-profile.ts';

/** What is known when a pairing has to be chosen. */
export interface Evidence {
  /** Largest label that is not declared as ignored; NaN when the target is not integral. */
  readonly largestLabel: number;
  readonly classes: number | null;
}

export interface Choice {
  readonly pairing: Pairing;
  readonly because: string;
  readonly confidence: Confidence;
}

/** Picks the pairing that the evidence favours; the usual order decides what is left. */
export function choosePairing(candidates: readonly Pairing[], evidence: Evidence): Choice {
  const [only] = candidates;
  if (only === undefined) throw new Error('no pairing to choose from');
  // [1, H, W] is the same array as CHW and as NHW.
  const reading = ({ prediction: { images, channels, spatial } }: Pairing): string =>
    `${images},${channels},${spatial.join()}`;
  const distinct = new Map(candidates.map((it) => [reading(it), it.predictionLayout]).reverse() as [string, string][]);
  const shapes = 'the only order of axes under which the shapes fit';
  if (distinct.size === 1) return { pairing: bestTarget(candidates), because: shapes, confidence: 'sure' };
  const scored = candidates.map((pairing, at) => ({ pairing, score: plausibility(pairing, evidence) - at * 1e-3 }));
  scored.sort((a, b) => b.score - a.score);
  const [first, second] = scored;
  if (first === undefined) throw new Error('no pairing to choose from');
  const others = [...distinct.values()].filter((it) => it !== first.pairing.predictionLayout).join(', ');
  const decided = second === undefined || first.score - second.score >= 0.5;
  return {
    pairing: first.pairing,
    because: decided
      ? `the class count and the channel sums speak for it; ${others} would fit the shapes as well`
      : `nothing in the arrays decides between it and ${others}`,
    confidence: decided ? 'likely' : 'guess',
  };
}

/** Among targets that fit one prediction order: labels before channels, channels of the prediction before a picture. */
function bestTarget(candidates: readonly Pairing[]): Pairing {
  const rank = ({ prediction, target }: Pairing): number =>
    target.channels === 1 ? 0 : target.channels === prediction.channels && !isPicture(target) ? 1 : 2;
  return [...candidates].sort((a, b) => rank(a) - rank(b))[0] as Pairing;
}

function plausibility(pairing: Pairing, { largestLabel, classes }: Evidence): number {
  const { prediction, target } = pairing;
  const { channels } = prediction;
  let score = 0;
  if (classes !== null) score += channels === classes || (channels === 1 && classes <= 2) ? 4 : -4;
  if (target.channels === 1 && largestLabel >= 0) score += largestLabel < Math.max(2, channels) ? 1 : -2;
  // More classes than the picture is wide or high is rarely meant.
  if (prediction.spatial.some((length) => length < channels)) score -= 1;
  if (channels > 1 && profilePrediction(prediction).sumsToOne > 0.99) score += 2;
  // Channels of a target that is as large as the prediction: one class per pixel speaks for one-hot channels.
  if (target.channels > 1) score += channelScore(pairing, largestLabel);
  return score;
}

/** Target channels: channels that avoid or complete each other are classes, values above 1 are ids, and ids have no channels. */
function channelScore(pairing: Pairing, largestLabel: number): number {
  if (areClasses(pairing)) return 2;
  if (largestLabel > 1 && !isPicture(pairing.target)) return -3;
  // [N, C, H, W] on both sides is several classes; [3, H, W] on both sides is as likely three images.
  return pairing.target.array.shape.length > 3 ? 1 : -0.25;
}

/**
 * Independent masks would overlap, or leave pixels out, ten times as often, and in at least this share of the pixels over the number of
 * channels: a few objects in as many images miss each other easily, a dozen do not.
 */
const dependence = 0.1;
const chanceShare = 0.45;

/** True when the channels know of each other, as classes of one image do and masks of several images do not: in a sample of pixels. */
export function areClasses({ target }: Pairing): boolean {
  const { array, first, channelStride, channels, images, imageStride, spatial, spatialStrides } = target;
  const pixels = spatial.reduce((a, b) => a * b, 1);
  const step = Math.max(1, Math.floor(pixels / 997));
  const set = new Float64Array(channels);
  const members = new Float64Array(3);
  for (let image = 0; image < images; image++) {
    for (let pixel = 0; pixel < pixels; pixel += step) {
      let at = first + image * imageStride;
      let rest = pixel;
      for (let axis = spatial.length - 1; axis >= 0; axis--) {
        const length = spatial[axis] ?? 1;
        at += (rest % length) * (spatialStrides[axis] ?? 0);
        rest = Math.floor(rest / length);
      }
      let here = 0;
      for (let c = 0; c < channels; c++) {
        if (!(numberAt(array.data, at + c * channelStride) > 0.5)) continue;
        set[c] = (set[c] ?? 0) + 1;
        here++;
      }
      const n = Math.min(here, 2);
      members[n] = (members[n] ?? 0) + 1;
    }
  }
  const seen = members.reduce((a, b) => a + b, 0);
  const [none = 0, one = 0, several = 0] = members.map((n) => n / seen);
  const rest = [...set].map((n) => 1 - n / seen);
  const noneByChance = rest.reduce((a, b) => a * b, 1);
  const oneByChance = rest.reduce((sum, r) => sum + (r > 0 ? ((1 - r) / r) * noneByChance : 0), 0);
  const rarer = (share: number, chance: number): boolean =>
    chance * channels >= chanceShare && share < dependence * chance;
  // Two objects in two images miss each other easily.
  const apart = channels > 2 && rarer(several, 1 - noneByChance - oneByChance);
  return one >= 0.8 || apart || rarer(none, noneByChance);
}
