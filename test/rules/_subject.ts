import type {
  Activation,
  Circumstances,
  Evaluation,
  Kind,
  Match,
  PredictionFacts,
  PredictionProfile,
  Reported,
  Subject,
  TargetFacts,
  TargetProfile,
} from '../../src/core/index.ts';
import { parseLoss } from '../../src/measure/spec.ts';
import { properView, wiredView } from '../../src/measure/wiring.ts';

/** What a test wants different from a healthy subject; `scores` and `truth` change the profiles of the two arrays. */
export interface SubjectChanges extends Partial<Omit<Subject, 'prediction' | 'target'>> {
  readonly activation?: Activation;
  readonly prediction?: Partial<PredictionFacts>;
  readonly scores?: Partial<PredictionProfile>;
  readonly target?: Partial<TargetFacts>;
  readonly truth?: Partial<TargetProfile>;
}

/** Two images of 100 x 100 pixels: healthy logits, C channels (2 unless said otherwise), labels 0 and 1. */
export function subject(changes: SubjectChanges = {}): Subject {
  const { activation = 'logits', prediction, scores, target, truth, ...rest } = changes;
  const channels = rest.channels ?? 2;
  const images = rest.images ?? 2;
  const spatial = rest.spatial ?? [100, 100];
  const pixels = spatial.reduce((a, b) => a * b, 1);
  const axes = 'DHW'.slice(-spatial.length);
  const hints = { format: 'npy', container: 'array' } as const;
  const kind: Kind = rest.kind ?? (channels === 1 ? 'binary' : 'exclusive');
  return {
    id: 'case',
    kind,
    channels,
    rows: kind === 'binary' ? 2 : channels,
    names: null,
    images,
    spatial,
    pixels,
    spacing: spatial.map(() => 1),
    ignore: [],
    weights: null,
    assumptions: [],
    obstacles: [],
    ...rest,
    prediction: {
      path: 'prediction.npy',
      dtype: 'float32',
      shape: [images, channels, ...spatial],
      layout: `NC${axes}`,
      activation,
      hints,
      profile: predictionProfile(images, channels, pixels, scores),
      ...prediction,
    },
    target: {
      path: 'target.npy',
      dtype: 'uint8',
      shape: [images, ...spatial],
      layout: `N${axes}`,
      encoding: channels <= 2 ? 'binary' : 'ids',
      scale: 1,
      hints,
      profile: targetProfile(images * pixels, truth),
      ...target,
    },
  };
}

function predictionProfile(
  images: number,
  channels: number,
  pixels: number,
  changes: Partial<PredictionProfile> = {},
): PredictionProfile {
  return {
    size: images * channels * pixels,
    nan: 0,
    positiveInfinity: 0,
    negativeInfinity: 0,
    firstNonFinite: null,
    nonFiniteImages: 0,
    maskedChannels: [],
    min: -5,
    max: 5,
    outsideUnit: 0.9,
    zeros: 0,
    integers: 0,
    distinct: 257,
    medianAbsolute: 2,
    huge: 0,
    sumsToOne: 0,
    sumError: 2,
    logSumsToZero: 0,
    wideRatio: 0,
    largestRatio: 0,
    above070: 0.3,
    below051: 0.6,
    deviation: new Float64Array(images * channels).fill(2),
    means: new Float64Array(images * channels).fill(0.1),
    otherAxes: [],
    ...changes,
  };
}

function targetProfile(size: number, changes: Partial<TargetProfile> = {}): TargetProfile {
  return {
    size,
    nonFinite: 0,
    min: 0,
    max: 1,
    values: new Map([
      [0, 0.8 * size],
      [1, 0.2 * size],
    ]),
    complete: true,
    integers: 1,
    colours: [],
    channelSums: null,
    nearEdges: new Map(),
    ...changes,
  };
}

/** Facts of a file of softmax (or, with one channel, sigmoid) probabilities. */
export const probabilities = {
  min: 0.001,
  max: 0.998,
  outsideUnit: 0,
  sumsToOne: 1,
  sumError: 1e-7,
  wideRatio: 0.95,
  largestRatio: 6.9,
} as const satisfies Partial<PredictionProfile>;

/** A loss as typed, evaluated on a subject: its wiring is the real one, its numbers are those that the test wants. */
export function evaluation(text: string, about: Subject, changes: Partial<Evaluation> & { declared?: boolean } = {}) {
  const { declared = true, ...numbers } = changes;
  const spec = parseLoss(text, declared);
  const { activation } = about.prediction;
  const value = numbers.value ?? 0.5;
  return {
    spec,
    value,
    perClass: null,
    contributions: null,
    wired: wiredView(spec, activation, about.kind),
    proper: properView(spec, activation, about.kind),
    properValue: { value, perClass: null, contributions: null },
    gradient: { l2: 0.01, max: 1e-4, perClass: [0.5, 0.5], vanishing: 0.1, head: [] },
    uniform: Math.log(Math.max(2, about.channels)),
    prior: 0.5,
    floor: 0,
    lowerBound: 0,
    raises: null,
    ...numbers,
  } satisfies Evaluation;
}

/** A run with these losses; nothing reported unless said otherwise. */
export function circumstances(losses: readonly Evaluation[] = [], changes: Partial<Circumstances> = {}): Circumstances {
  return {
    losses,
    others: [],
    reported: null,
    reportedValue: null,
    baseline: [],
    options: { layout: null, classes: null },
    series: null,
    retake: () => Number.NaN,
    perImage: () => [],
    ...changes,
  };
}

/** What the reported value turned out to be. */
export function reported(
  matches: readonly (Partial<Match> & Pick<Match, 'formula'>)[],
  changes: Partial<Reported> = {},
): Reported {
  return {
    values: [{ name: 'loss', typed: '1.23456' }],
    matches: matches.map((it) => ({ spec: 'ce', value: 1.23456, relativeError: 1e-7, departures: [], ...it })),
    candidates: 100,
    expectedChanceMatches: 1e-3,
    verdict: matches[0]?.formula === 'declared' ? 'declared' : matches.length > 0 ? 'explained' : 'unexplained',
    ...changes,
  };
}
