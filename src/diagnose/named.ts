import { type Evaluation, type LossSpec, type View, view } from '../core/index.ts';
import { losses } from '../losses/index.ts';
import { lossRequests, lossValue } from '../measure/evaluate.ts';
import type { Measurements } from '../measure/measurements.ts';
import { parseLoss } from '../measure/spec.ts';
import { formOf, properView, termsOf, wiredView } from '../measure/wiring.ts';
import type { Base, Change, Hypothesis } from './hypothesis.ts';
import { readingKey } from './hypothesis.ts';

/** Names under which training code logs the two overlap metrics. */
const metricNames: Readonly<Record<string, 'dice' | 'iou'>> = {
  dice: 'dice',
  dsc: 'dice',
  f1: 'dice',
  dicecoef: 'dice',
  dicecoefficient: 'dice',
  dicescore: 'dice',
  meandice: 'dice',
  mdice: 'dice',
  iou: 'iou',
  miou: 'iou',
  meaniou: 'iou',
  iouscore: 'iou',
  jaccard: 'iou',
  jaccardindex: 'iou',
};

/** The metric that a name stands for; null for losses. */
export function metricOf(name: string): 'dice' | 'iou' | null {
  return metricNames[plain(name)] ?? null;
}

function plain(name: string): string {
  return name
    .toLowerCase()
    .replace(/^(train|training|val|valid|validation|test)[_\-/. ]/, '')
    .replaceAll(/[^a-z0-9]/g, '');
}

/** The losses that a name is held against: the loss of that id where there is one, else what was declared. */
export function basesOf(name: string, declared: readonly Evaluation[], measurements: Measurements): readonly Base[] {
  const wanted = plain(name).replace(/loss$/, '');
  const isNamed = ({ loss }: LossSpec): boolean => plain(loss.id) === wanted;
  const whole = declared.filter(({ spec }) => isNamed(spec));
  if (whole.length > 0) return whole;
  const { kind } = measurements.source;
  const found = losses.find((loss) => plain(loss.id) === wanted && loss.kinds.includes(kind));
  if (found === undefined) return metricOf(name) === null ? declared : [];
  const term = declared.flatMap(({ spec }) => termsOf(spec, kind)).find(({ spec }) => isNamed(spec))?.spec;
  // A metric is not a loss that nobody declared.
  if (term === undefined && metricOf(name) !== null) return [];
  return [baseOf(term ?? { ...parseLoss(found.id, false), from: 'auto' }, measurements)];
}

function baseOf(spec: LossSpec, measurements: Measurements): Base {
  const { kind, prediction } = measurements.source;
  const wired = wiredView(spec, prediction.activation, kind);
  measurements.prepare(lossRequests(spec, measurements, wired));
  const { value } = lossValue(spec, measurements, wired);
  const proper = properView(spec, prediction.activation, kind);
  return { spec, wired, proper, value, lowerBound: Number.NaN };
}

/**
 * Every usual definition of a metric, under every reading of the arrays: hard or soft, over which classes, per image or over
 * the batch. None of them departs from anything, for a metric is not declared.
 */
export function metricHypotheses(
  metric: 'dice' | 'iou',
  readings: readonly (Change | null)[],
  { source }: Measurements,
): Hypothesis[] {
  const { kind, channels, images, prediction } = source;
  const several = channels > 1;
  const honest = formOf(prediction.activation);
  const activation = kind === 'exclusive' ? 'softmax' : 'sigmoid';
  const steps: View['steps'] = honest === 'logits' ? [activation] : honest === 'probabilities' ? [] : ['exp'];
  const decision = kind === 'exclusive' ? 'argmax' : 'threshold';
  const both = [true, false] as const;
  const ways = both.flatMap((hard) =>
    (several ? both : [true]).flatMap((background) =>
      (images > 1 ? both : [true]).flatMap((batch) =>
        (several ? (['keep', 'skip', 'pooled'] as const) : (['keep'] as const)).map((classes) => ({
          hard,
          background,
          batch,
          classes,
        })),
      ),
    ),
  );
  return readings.flatMap((change) =>
    ways.map(({ hard, background, batch, classes }) => {
      const own = change?.reading ?? {};
      const taken = own.steps ?? steps;
      const view_ = { ...view(steps), ...own, steps: hard ? [...taken, decision] : taken } as View;
      const options = [
        `form=negative,smooth=0,background=${background},batch=${batch}`,
        classes === 'skip' ? ',absent=skip' : classes === 'pooled' ? ',pooled=true' : '',
      ];
      const spec: LossSpec = {
        ...parseLoss(`${metric}:${options.join('')}`, false),
        text: described(metric, { hard, background, batch, classes }, several, images > 1),
      };
      return {
        formula: change?.formula ?? 'declared',
        rare: false,
        detour: 0,
        departures: change?.departures ?? [],
        text: spec.text,
        reading: change === null ? '[]' : readingKey([change]),
        parts: [{ factor: 1, spec, view: view_, proper: view_, weights: null }],
        factor: -1,
        offset: 0,
      };
    }),
  );
}

interface Way {
  readonly hard: boolean;
  readonly background: boolean;
  readonly batch: boolean;
  readonly classes: 'keep' | 'skip' | 'pooled';
}

/** `hard dice, mean over classes without background, per image`. */
function described(metric: string, way: Way, classes: boolean, images: boolean): string {
  const over = { keep: 'mean over classes', skip: 'mean over classes present', pooled: 'one ratio for all classes' };
  return [
    `${way.hard ? 'hard' : 'soft'} ${metric}`,
    ...(classes ? [`${over[way.classes]}${way.background ? '' : ' but background'}`] : []),
    ...(images ? [way.batch ? 'over the batch' : 'per image'] : []),
  ].join(', ');
}
