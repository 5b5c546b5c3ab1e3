import { type GradientField, type Loss, loss, type Subject, UsageError } from '../core/index.ts';
import {
  type ClassMasses,
  type CrossedMasses,
  classMasses,
  crossedMasses,
  massGradient,
  targetPictures,
} from '../measures/index.ts';
import { smooth, smoothDr, smoothNr } from './_vocabulary.ts';

const options = {
  distances: {
    type: 'numbers',
    default: null,
    about:
      'class distances, row by row: 0/1/1/1/0/0.5/1/0.5/0 for three classes, or @file (JSON, text, .npy) on the command line, divided by ' +
      'the largest; without them every class is at distance 1 from every other',
  },
  weights: {
    type: 'choice',
    default: 'foreground',
    choices: ['foreground', 'volumes'],
    about:
      'true positives count 1 for every class but class 0 (the paper), or 1 / (G + 1) for every class (MONAI "GDL")',
  },
  pairing: {
    type: 'choice',
    default: 'own',
    choices: ['own', 'batch'],
    about:
      'true positives of every image by itself, or as MONAI computes them: the label weights of each image against the ' +
      'distances of all images of the batch (its arrays broadcast)',
  },
  smooth,
  'smooth-nr': smoothNr,
  'smooth-dr': smoothDr,
} as const;

type Options = {
  distances: readonly number[] | null;
  weights: string;
  pairing: string;
  smooth: number | null;
  'smooth-nr': number;
  'smooth-dr': number;
};

/** Dice in which mistaking a class for a similar one costs less. */
export const wassersteinDice: Loss = loss({
  id: 'wasserstein-dice',
  title: 'generalised Wasserstein Dice loss',
  family: 'region',
  formula: 'L = 1 - (2 T + s) / (2 T + sum_i W_i + s),  W_i = sum_l M_yl p_il, T = sum_i a_y (1 - W_i)',
  about:
    'Dice over the distance between the predicted distribution and the label, for a matrix M of how far classes are apart. ' +
    'Class 0 is background and has no true positives of its own. One score per image.',
  when: 'classes of a hierarchy, some mistakes being worse than others',
  source: 'Fidon et al. 2017, arXiv 1707.00478; MONAI GeneralizedWassersteinDiceLoss',
  options,
  from: 'auto',
  kinds: ['exclusive'],
  weighted: false,
  measures: (o, subject) => ({
    masses: classMasses,
    pictures: targetPictures,
    crossed: o.pairing === 'batch' ? crossedMasses(matrix(o, subject.channels), byVolume(o)) : undefined,
  }),
  value: ({ masses, crossed }, o, subject) => {
    const values = parts(masses, crossed, o, subject).map((it) => it.value);
    return { value: values.reduce((a, b) => a + b, 0) / values.length, perClass: null, contributions: null };
  },
  gradient: ({ masses, crossed, pictures }, o, subject) => {
    const { channels } = subject;
    const m = matrix(o, channels);
    const scores = parts(masses, crossed, o, subject);
    const slopes = scores.map((it) =>
      m.map((distance, at) => {
        const k = Math.floor(at / channels);
        const [hits, errors] = crossed === undefined ? [it.hitWeight(k), it.errorWeight(k)] : [0, byVolume(o) ? 0 : 1];
        return ((it.byErrors * errors - it.byHits * hits) * distance) / masses.length;
      }),
    );
    const fields: GradientField[] = [
      { kind: 'map', at: 'probabilities', values: massGradient(pictures, slopes, channels) },
    ];
    if (crossed === undefined) return fields;
    const factors = scores.map((it) => (it.byHits - (byVolume(o) ? it.byErrors : 0)) / masses.length);
    return [...fields, { kind: 'map', at: 'probabilities', values: crossed.gradient(factors) }];
  },
});

/** The loss of one image, its slopes, and what the distances of a class weigh in either sum. */
interface Part {
  readonly value: number;
  readonly byHits: number;
  readonly byErrors: number;
  readonly hitWeight: (k: number) => number;
  readonly errorWeight: (k: number) => number;
}

function byVolume(o: Options): boolean {
  return o.weights === 'volumes';
}

function parts(
  masses: readonly ClassMasses[],
  crossed: CrossedMasses | undefined,
  o: Options,
  subject: Subject,
): Part[] {
  const m = matrix(o, subject.channels);
  return masses.map(({ mass, counts }, image) => {
    const hitWeight = (k: number): number => (byVolume(o) ? 1 / ((counts[k] ?? 0) + 1) : Number(k > 0));
    const errorWeight = (k: number): number => (byVolume(o) ? hitWeight(k) : 1);
    const distance = (by: (k: number) => number): number =>
      mass.reduce((n, value, at) => n + by(Math.floor(at / subject.channels)) * (m[at] ?? 0) * value, 0);
    const across = crossed?.images[image];
    const hits = across?.hits ?? counts.reduce((n, g, k) => n + hitWeight(k) * g, 0) - distance(hitWeight);
    const errors = across !== undefined && byVolume(o) ? across.weight - across.hits : distance(errorWeight);
    const above = 2 * hits + (o.smooth ?? o['smooth-nr']);
    const below = 2 * hits + errors + (o.smooth ?? o['smooth-dr']);
    const byErrors = above / below ** 2;
    return { value: 1 - above / below, byHits: 2 * byErrors - 2 / below, byErrors, hitWeight, errorWeight };
  });
}

function matrix({ distances }: Options, channels: number): Float64Array {
  if (distances === null) {
    return Float64Array.from({ length: channels ** 2 }, (_, at) => Number(Math.floor(at / channels) !== at % channels));
  }
  if (distances.length !== channels ** 2) {
    throw new UsageError(
      `wasserstein-dice: distances of ${channels} classes are ${channels ** 2} numbers, not ${distances.length}`,
    );
  }
  const largest = Math.max(...distances);
  return Float64Array.from(distances, (d) => d / largest);
}
