import {
  type Activation,
  type Evaluation,
  InputError,
  type Kind,
  type NdArray,
  type PredictionProfile,
  type Subject,
  type TargetProfile,
} from '../core/index.ts';
import { stack } from './arrays.ts';
import { openCase } from './case.ts';
import { evaluateLosses } from './evaluate.ts';
import { Measurements } from './measurements.ts';
import { parseLoss } from './spec.ts';

/** Arrays whose meaning is known, and the loss to take. */
export interface Direct {
  readonly prediction: NdArray;
  readonly target: NdArray;
  /** Channels of the prediction; 1 for a sigmoid of one channel. */
  readonly classes: number;
  readonly activation: Activation;
  /** As typed: `focal:gamma=3`. */
  readonly spec: string;
  readonly ignore?: readonly number[];
  readonly weights?: readonly number[];
  readonly spacing?: readonly number[];
  readonly kind?: Kind;
}

/**
 * Takes one loss in float64 without interpretation: channels first, class ids (or 0/1) as target, nothing guessed.
 * @throws InputError when the shapes do not fit, UsageError for an unknown loss or option.
 */
export function evaluateOn(direct: Direct): Evaluation {
  const { prediction, target, classes } = direct;
  const rank = prediction.shape.length;
  // Three axes are one picture, five a batch of volumes; four are a batch of pictures or one volume.
  const batched = rank === 4 ? prediction.shape[0] !== classes || prediction.shape[1] === classes : rank > 4;
  const space = 'DHW'.slice(-(rank - (batched ? 2 : 1)));
  const layout = `${batched ? 'N' : ''}C${space}`;
  const dense = target.shape.length === rank;
  const pred = stack(prediction, layout);
  const truth = stack(target, dense ? layout : layout.replace('C', ''));
  const pixels = pred.spatial.reduce((a, b) => a * b, 1);
  if (truth.spatial.join() !== pred.spatial.join() || truth.images !== pred.images) {
    throw new InputError(`target [${target.shape}] does not fit prediction [${prediction.shape}] read as ${layout}`);
  }
  const kind = direct.kind ?? (classes === 1 ? 'binary' : 'exclusive');
  const values = [...target.data].map(Number);
  const profile = {
    min: values.reduce((a, b) => Math.min(a, b), Infinity),
    max: values.reduce((a, b) => Math.max(a, b), -Infinity),
  };
  const subject: Subject = {
    id: 'direct',
    kind,
    channels: classes,
    rows: classes === 1 ? 2 : classes,
    names: null,
    images: pred.images,
    spatial: pred.spatial,
    pixels,
    spacing: direct.spacing ?? pred.spatial.map(() => 1),
    ignore: direct.ignore ?? [],
    weights: direct.weights ?? null,
    prediction: {
      path: 'prediction',
      dtype: prediction.dtype,
      shape: prediction.shape,
      layout,
      activation: direct.activation,
      hints: prediction.hints,
      profile: {} as PredictionProfile,
    },
    target: {
      path: 'target',
      dtype: target.dtype,
      shape: target.shape,
      layout: dense ? layout : layout.replace('C', ''),
      encoding: dense ? 'soft' : 'ids',
      scale: 1,
      hints: target.hints,
      profile: profile as TargetProfile,
    },
    assumptions: [],
    obstacles: [],
  };
  const mode = dense || kind === 'binary' ? 'dense' : 'ids';
  const [evaluation] = evaluateLosses(
    [parseLoss(direct.spec)],
    new Measurements(openCase(subject, pred, truth, mode, 'double')),
  );
  if (evaluation === undefined) throw new InputError(`${direct.spec} is not defined for ${kind} targets`);
  return evaluation;
}
