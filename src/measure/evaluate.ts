import {
  type Activation,
  type Evaluation,
  type GradientSummary,
  grouped,
  type LossMeasures,
  type LossSpec,
  type LossValue,
  type Predictor,
  priorPredictor,
  type Subject,
  type TargetTotals,
  termView,
  uniformPredictor,
  type View,
  viewKey,
} from '../core/index.ts';
import { type GradientPart, gradientSum } from '../measures/index.ts';
import type { Measurements, Request } from './measurements.ts';
import { addUp } from './terms.ts';
import { bestPredictor, properView, termsOf, type WeightedSpec, wiredView } from './wiring.ts';

/** A term of a loss under the view that it sees; the loss itself where it is no sum. */
interface Part extends WeightedSpec {
  readonly view: View;
}

function partsOf(spec: LossSpec, measurements: Measurements, under: View): Part[] {
  return termsOf(spec, measurements.source.kind).map((term, k) => ({ ...term, view: termView(under, k) }));
}

/** What must be swept before a loss can be taken under a view, by a subject with other class weights if one is given. */
export function lossRequests(
  spec: LossSpec,
  measurements: Measurements,
  under: View,
  subject: Subject = measurements.source,
): Request[] {
  return partsOf(spec, measurements, under).flatMap((part) =>
    Object.values(part.spec.loss.measures(part.spec.options, subject)).flatMap((measure) =>
      measure === undefined ? [] : [{ measure, view: part.view }],
    ),
  );
}

/** The value of a loss under a view. */
export function lossValue(
  spec: LossSpec,
  measurements: Measurements,
  under: View,
  subject: Subject = measurements.source,
): LossValue {
  return addUp(
    partsOf(spec, measurements, under).map((part) => ({ ...part, value: partValue(part, measurements, subject) })),
  );
}

/** The gradient of a loss under a view, term by term, as a measure adds it up. */
export function gradientParts(spec: LossSpec, measurements: Measurements, under: View): GradientPart[] {
  return partsOf(spec, measurements, under).map(({ factor, spec: own, view }) => {
    const values = lossMeasures(own, measurements, view);
    return { factor, view, fields: own.loss.gradient(values, own.options, measurements.source) };
  });
}

function partValue(
  { spec, view }: Part,
  measurements: Measurements,
  subject: Subject = measurements.source,
): LossValue {
  return spec.loss.value(lossMeasures(spec, measurements, view, subject), spec.options, subject);
}

/** The value that a predictor of the simple form would score. */
export function predictedValue(
  spec: LossSpec,
  measurements: Measurements,
  under: View,
  predictor: Predictor,
): LossValue {
  const { source } = measurements;
  return addUp(
    partsOf(spec, measurements, under).map(({ factor, spec: own, view }) => {
      const needs = own.loss.measures(own.options, source);
      const values = measurements.predicted(needs, view, predictor);
      return { factor, value: own.loss.value(values, own.options, source) };
    }),
  );
}

/** Is told which loss is being taken, and the share of the work that is done. */
export type OnLoss = (progress: { readonly loss: string; readonly done: number }) => void;

/** A loss that this case allows, under the view that it sees and under the right one. */
interface Plan {
  readonly spec: LossSpec;
  readonly wired: View;
  readonly proper: View;
}

function plansOf(specs: readonly LossSpec[], { kind, prediction }: Subject): Plan[] {
  const usable = specs.filter((spec) => spec.loss.kinds.includes(kind));
  return usable.map((spec) => ({
    spec,
    wired: wiredView(spec, prediction.activation, kind),
    proper: properView(spec, prediction.activation, kind),
  }));
}

/** What must be swept for the values of losses. */
export function valueRequests(specs: readonly LossSpec[], measurements: Measurements): Request[] {
  return plansOf(specs, measurements.source).flatMap(({ spec, wired, proper }) =>
    [wired, proper].flatMap((it) => lossRequests(spec, measurements, it)),
  );
}

/**
 * Takes losses with everything that puts them into perspective: one sweep for the values, one for the gradients. `also` is
 * gathered in the first of them, for whoever asks later. The second is left out where gradients are not wanted.
 */
export function evaluateLosses(
  specs: readonly LossSpec[],
  measurements: Measurements,
  also: readonly Request[] = [],
  withGradients = true,
  onLoss: OnLoss = () => {},
): Evaluation[] {
  const plans = plansOf(specs, measurements.source);
  measurements.prepare([...valueRequests(specs, measurements), ...also]);
  const taken = withGradients ? plans : [];
  const begin = ({ text }: LossSpec, at: number): void =>
    onLoss({ loss: text, done: at / (taken.length + plans.length) });
  const gradients = taken.map(({ spec, wired }, k) => {
    begin(spec, k);
    const parts = gradientParts(spec, measurements, wired);
    return { measure: gradientSum(parts), view: parts[0]?.view ?? wired };
  });
  measurements.prepare(gradients);
  return plans.map(({ spec, wired, proper }, k) => {
    begin(spec, taken.length + k);
    const own = gradients[k];
    const summary = own === undefined ? null : measurements.get(own.measure, own.view);
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
  const raises = reasonToRaise(spec, totals);
  const terms = partsOf(spec, measurements, wired).map((part, k) => ({
    spec: part.spec,
    factor: part.factor,
    value: partValue(part, measurements),
    gradient: (raises === null && summary?.terms?.[k]) || null,
  }));
  const value = addUp(terms);
  const { floor, lowerBound } = bounds(spec, wired, proper, measurements, source.prediction.activation);
  return {
    ...(raises === null ? value : { value: Number.NaN, perClass: null, contributions: null }),
    spec,
    wired,
    proper,
    properValue: viewKey(wired) === viewKey(proper) ? value : lossValue(spec, measurements, proper),
    gradient: raises === null ? summary : null,
    uniform: predictedValue(spec, measurements, proper, uniformPredictor(source)).value,
    prior: predictedValue(spec, measurements, proper, priorPredictor(totals)).value,
    floor,
    lowerBound,
    raises,
    ...(spec.loss.terms === undefined ? {} : { terms }),
  };
}

/**
 * The lowest value of values of a form that are read as wired, and the lowest of the formula. Of a sum: the sum of the terms' lowest, which nothing
 * can fall below. NaN where it is not known.
 */
export function bounds(
  spec: LossSpec,
  wired: View,
  proper: View,
  measurements: Measurements,
  activation: Activation,
): { readonly floor: number; readonly lowerBound: number } {
  const { channels } = measurements.source;
  let floor = 0;
  let lowerBound = 0;
  for (const [k, term] of termsOf(spec, measurements.source.kind).entries()) {
    const [own, right] = [termView(wired, k), termView(proper, k)];
    const lowest = lowestValue(term.spec, own, right, measurements);
    const best = bestPredictor(own, activation, channels);
    const free = best?.hit.every((p) => p === 1) && best.miss.every((p) => p === 0);
    const reached =
      best === null ? -Infinity : free ? lowest : predictedValue(term.spec, measurements, own, best).value;
    // How large a term can get is not known: with a negative factor nothing bounds the sum from below.
    floor += term.factor === 0 ? 0 : term.factor > 0 ? term.factor * reached : -Infinity;
    lowerBound += term.factor === 0 ? 0 : term.factor > 0 ? term.factor * lowest : -Infinity;
  }
  // The perfect prediction of a soft target is no hard one: where its cost is infinite, the lowest value is not known.
  const known = (value: number): number => (value === Infinity ? Number.NaN : value);
  return { floor: known(floor), lowerBound: known(lowerBound) };
}

function lowestValue(spec: LossSpec, wired: View, proper: View, measurements: Measurements): number {
  const { source } = measurements;
  const infimum = spec.loss.infimum(lossMeasures(spec, measurements, wired), spec.options, source);
  return infimum ?? predictedValue(spec, measurements, proper, perfect(source.channels)).value;
}

function lossMeasures(
  spec: LossSpec,
  measurements: Measurements,
  under: View,
  subject: Subject = measurements.source,
): LossMeasures {
  return measurements.values(spec.loss.measures(spec.options, subject), under);
}

/** Labels without a channel make every library raise an error; there is no number to compute then. */
function reasonToRaise(spec: LossSpec, totals: TargetTotals): string | null {
  if (totals.unknown === 0) return null;
  return `${spec.loss.id} has no channel for the labels of ${grouped(totals.unknown)} pixels`;
}

function perfect(channels: number): Predictor {
  return { hit: new Float64Array(channels).fill(1), miss: new Float64Array(channels) };
}
