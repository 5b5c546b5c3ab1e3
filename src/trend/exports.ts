import { formatShape, InputError, type LossSpec, priorPredictor, type Subject, type View } from '../core/index.ts';
import { honestView } from '../diagnose/rules.ts';
import { assumedSpec, refuseUndefined } from '../diagnose/specs.ts';
import { interpret } from '../interpret/interpret.ts';
import type { Interpretation } from '../interpret/interpretation.ts';
import type { Named } from '../interpret/settings.ts';
import { bounds, lossRequests, predictedValue } from '../measure/evaluate.ts';
import { Measurements } from '../measure/measurements.ts';
import { properView, wiredView } from '../measure/wiring.ts';
import { confusion, probabilityMap } from '../measures/index.ts';
import type { Request } from '../pipeline.ts';

/** One export of a series, opened. */
export interface Opened {
  readonly path: string;
  readonly subject: Subject;
  readonly measurements: Measurements;
  readonly honest: View;
  readonly losses: readonly OpenedLoss[];
}

export interface OpenedLoss {
  readonly spec: LossSpec;
  readonly wired: View;
  readonly proper: View;
}

/**
 * Opens several exports of the same input against one target. What one file alone leaves to a guess is settled by those that do not.
 * @throws InputError when an export cannot be judged, or is not of the same input as the first.
 */
export function openExports(files: readonly Named[], target: Named, request: Request): Opened[] {
  const first = files.map((file) => interpret(file.path, file, target, request));
  const known = first.map(activationOf).find(({ sure }) => sure)?.activation ?? null;
  const settled = first.map((it, k) => {
    const file = files[k];
    const own = activationOf(it);
    if (own.sure || known === null || known === own.activation || file === undefined) return it;
    return interpret(file.path, file, target, { ...request, activation: known });
  });
  return settled.map((it) => open(it, settled[0]?.subject ?? it.subject, target.path, request));
}

function activationOf({ subject }: Interpretation) {
  const assumption = subject.assumptions.find(({ about }) => about === 'activation');
  return { activation: subject.prediction.activation, sure: assumption?.confidence !== 'guess' };
}

function open({ subject, pixels }: Interpretation, like: Subject, target: string, request: Request): Opened {
  const { path, shape, activation } = subject.prediction;
  if (pixels === null) {
    const reason = subject.obstacles[0]?.reason ?? 'the arrays do not meet pixel by pixel';
    throw new InputError(`${path}: ${reason}; lossprobe ${path} ${target} says what to do about it`);
  }
  const sizes = ({ images, channels, spatial }: Subject): string => [images, channels, ...spatial].join();
  if (sizes(subject) !== sizes(like)) {
    throw new InputError(
      `${path} ${formatShape(shape)} is not of the same input as ${like.prediction.path} ${formatShape(like.prediction.shape)}; ` +
        'a series is one input, exported at several times',
    );
  }
  const specs = request.specs.length > 0 ? request.specs : [assumedSpec(subject.kind, activation)];
  refuseUndefined(specs, subject);
  const losses = specs.map((spec) => ({
    spec,
    wired: wiredView(spec, activation, subject.kind),
    proper: properView(spec, activation, subject.kind),
  }));
  const measurements = new Measurements(pixels);
  const honest = honestView(subject);
  measurements.prepare([
    ...losses.flatMap(({ spec, wired, proper }) =>
      [wired, proper].flatMap((it) => lossRequests(spec, measurements, it)),
    ),
    { measure: confusion, view: honest },
    { measure: probabilityMap, view: honest },
  ]);
  return { path, subject, measurements, honest, losses };
}

/** What the class prior scores when the loss is fed properly, and the lowest value as wired. */
export function perspective({ measurements, subject }: Opened, { spec, wired, proper }: OpenedLoss) {
  const prior = predictedValue(spec, measurements, proper, priorPredictor(measurements.source.totals(wired))).value;
  return { prior, floor: bounds(spec, wired, proper, measurements, subject.prediction.activation).floor };
}
