import {
  type Evaluation,
  type GradientSummary,
  type LossMeasures,
  type LossSpec,
  type LossValue,
  type Predictor,
  type TargetTotals,
  type View,
  viewKey,
} from '../core/index.ts';
import { gradient } from '../measures/index.ts';
import type { Measurements, Request } from './measurements.ts';
import { bestPredictor, properView, wiredView } from './wiring.ts';

/** What must be swept before a loss can be taken under a view. */
export function lossRequests(spec: LossSpec, measurements: Measurements, under: View): Request[] {
  return Object.values(spec.loss.measures(spec.options, measurements.source)).flatMap((measure) =>
    measure === undefined ? [] : [{ measure, view: under }],
  );
}

/** The value of a loss under a view. */
export function lossValue(spec: LossSpec, measurements: Measurements, under: View): LossValue {
  return spec.loss.value(lossMeasures(spec, measurements, under), spec.options, measurements.source);
}

/** The value that a predictor of the simple form would score. */
export function predictedValue(
  spec: LossSpec,
  measurements: Measurements,
  under: View,
  predictor: Predictor,
): LossValue {
  const needs = spec.loss.measures(spec.options, measurements.source);
  return spec.loss.value(measurements.predicted(needs, under, predictor), spec.options, measurements.source);
}

/** Takes losses with everything that puts them into perspective: one sweep for the values, one for the gradients. */
export function evaluateLosses(specs: readonly LossSpec[], measurements: Measurements): Evaluation[] {
  const { source } = measurements;
  const { kind, prediction } = source;
  const usable = specs.filter((spec) => spec.loss.kinds.includes(kind));
  const plans = usable.map((spec) => ({
    spec,
    wired: wiredView(spec, prediction.activation, kind),
    proper: properView(spec, prediction.activation, kind),
  }));
  measurements.prepare(
    plans.flatMap(({ spec, wired, proper }) => [wired, proper].flatMap((it) => lossRequests(spec, measurements, it))),
  );
  const gradients = plans.map(({ spec, wired }) => {
    const values = lossMeasures(spec, measurements, wired);
    return { measure: gradient(spec.loss.gradient(values, spec.options, source), wired), view: wired };
  });
  measurements.prepare(gradients);
  return plans.map(({ spec, wired, proper }, k) => {
    const summary = gradients[k] === undefined ? null : measurements.get(gradients[k].measure, wired);
    return assess(spec, wired, proper, measurements, summary);
  });
}

function assess(
  spec: LossSpec,
  wired: View,
  proper: View,
  measurements: Measurements,
  summary: GradientSummary | null,
): Evaluation {
  const { source } = measurements;
  const totals = source.totals(wired);
  const value = lossValue(spec, measurements, wired);
  const sure = perfect(source.channels);
  const infimum =
    spec.loss.infimum(lossMeasures(spec, measurements, wired), spec.options, source) ??
    predictedValue(spec, measurements, proper, sure).value;
  const best = bestPredictor(wired, source.prediction.activation, source.channels);
  const free = best?.hit.every((p) => p === 1) && best.miss.every((p) => p === 0);
  const floor = best === null ? -Infinity : free ? infimum : predictedValue(spec, measurements, wired, best).value;
  const raises = reasonToRaise(spec, totals);
  return {
    ...(raises === null ? value : { value: Number.NaN, perClass: null, contributions: null }),
    spec,
    wired,
    proper,
    properValue: viewKey(wired) === viewKey(proper) ? value : lossValue(spec, measurements, proper),
    gradient: raises === null ? summary : null,
    uniform: predictedValue(spec, measurements, proper, uniformPredictor(source.channels)).value,
    prior: predictedValue(spec, measurements, proper, priorPredictor(totals)).value,
    floor,
    lowerBound: infimum,
    raises,
  };
}

function lossMeasures(spec: LossSpec, measurements: Measurements, under: View): LossMeasures {
  return measurements.values(spec.loss.measures(spec.options, measurements.source), under);
}

/** Labels without a channel make every library raise an error; there is no number to compute then. */
function reasonToRaise(spec: LossSpec, totals: TargetTotals): string | null {
  if (totals.unknown === 0) return null;
  return `${spec.loss.id} has no channel for the labels of ${totals.unknown.toLocaleString('en-US')} pixels`;
}

function perfect(channels: number): Predictor {
  return { hit: new Float64Array(channels).fill(1), miss: new Float64Array(channels) };
}

/** p = 1/C for every class; 1/2 for one channel. */
export function uniformPredictor(channels: number): Predictor {
  const p = new Float64Array(channels).fill(channels === 1 ? 0.5 : 1 / channels);
  return { hit: p, miss: p };
}

/** p = the class frequency over the valid pixels of the case: the best that knows nothing of the image. */
export function priorPredictor(totals: TargetTotals): Predictor {
  const valid = totals.valid.reduce((a, b) => a + b, 0);
  const p = new Float64Array(totals.channels);
  totals.count.forEach((count, cell) => {
    p[cell % totals.channels] = (p[cell % totals.channels] ?? 0) + count / valid;
  });
  return { hit: p, miss: p };
}
