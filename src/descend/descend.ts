import { type Case, type Evaluation, InputError, type View } from '../core/index.ts';
import { honestView } from '../diagnose/rules.ts';
import { assumedSpec, refuseUndefined } from '../diagnose/specs.ts';
import { interpret } from '../interpret/interpret.ts';
import type { Named } from '../interpret/settings.ts';
import { openCase } from '../measure/case.ts';
import { bounds, evaluateLosses } from '../measure/evaluate.ts';
import { Measurements } from '../measure/measurements.ts';
import { overlap } from '../measures/index.ts';
import type { Request } from '../pipeline.ts';
import { rowName } from '../report/case-report.ts';
import { type Entrant, entrants } from './candidates.ts';
import { classRows, foundRecall, halfway, withRanks } from './classes.ts';
import { openField } from './field.ts';
import { descentFindings } from './findings.ts';
import { freeScores } from './free.ts';
import { outcomeOf } from './outcome.ts';
import type { DescendedLoss, DescentReport } from './report.ts';
import { type Sample, sampleOf } from './sample.ts';
import { type SoftScore, softScores, weakestRow } from './soft-scores.ts';
import { stepLength, walk } from './walk.ts';

/** How far to go, and whom to tell after every step: the loss at work, and the share of all the work that is done. */
export interface Journey {
  readonly steps: number;
  readonly onStep?: ((progress: { readonly loss: string; readonly done: number }) => void) | undefined;
}

/**
 * Plain gradient descent on a stored array: how far the declared losses can fall as wired, and what other losses would do to the same
 * array in as many steps.
 * @throws InputError when the arrays cannot be judged, UsageError for a loss that is not defined for them.
 */
export function descendArrays(prediction: Named, target: Named, request: Request, journey: Journey): DescentReport {
  const { subject, arrays } = interpret('descend', prediction, target, request);
  if (arrays === null) {
    const reason = subject.obstacles[0]?.reason ?? 'the arrays do not meet pixel by pixel';
    throw new InputError(`${reason}; lossprobe ${prediction.path} ${target.path} says what to do about it`);
  }
  const first = request.specs.length > 0 ? request.specs : [assumedSpec(subject.kind, subject.prediction.activation)];
  refuseUndefined(first, subject);
  const sample = sampleOf(subject, arrays);
  const source = openCase(sample.subject, sample.prediction, sample.target, sample.mode);
  const measurements = new Measurements(source);
  const honest = honestView(subject);
  const running = entrants(first, sample);
  const specs = running.map(({ spec }) => spec);
  const evaluations = evaluateLosses(specs, measurements, [{ measure: overlap, view: honest }]);
  const before = softScores(measurements.get(overlap, honest), source);
  const weakest = weakestRow(before);
  const start: Start = { sample, source, honest, before, weakest };
  const losses = running.map((entrant, k) => {
    const onStep = (step: number): void =>
      journey.onStep?.({ loss: entrant.spec.text, done: (k + step / journey.steps) / running.length });
    return descendLoss(start, entrant, evaluations[k] as Evaluation, journey.steps, onStep);
  });
  const ranked = withRanks(losses, weakest);
  const { path, dtype, shape, layout, activation } = subject.prediction;
  return {
    prediction: { path, dtype, shape, layout, activation },
    target: { path: target.path, dtype: subject.target.dtype, shape: subject.target.shape, ignore: subject.ignore },
    assumptions: subject.assumptions,
    moved: freeScores(subject, honest)?.about ?? 'nothing: the file holds decisions',
    steps: journey.steps,
    stepLength,
    sample: {
      everyImage: sample.everyImage,
      everyPixel: sample.everyPixel,
      pixels: source.images * source.pixels,
      of: subject.images * subject.pixels,
    },
    weakest:
      weakest === null
        ? null
        : { index: weakest, name: rowName(subject, weakest), dice: before[weakest]?.dice ?? Number.NaN },
    losses: ranked,
    findings: descentFindings(ranked),
  };
}

/** What all descents start from. */
interface Start {
  readonly sample: Sample;
  readonly source: Case;
  readonly honest: View;
  readonly before: readonly SoftScore[];
  readonly weakest: number | null;
}

function descendLoss(
  { sample, source, honest, before, weakest }: Start,
  { spec, wiring }: Entrant,
  evaluation: Evaluation,
  steps: number,
  onStep: (step: number) => void,
): DescendedLoss {
  const { value, raises, proper } = evaluation;
  const view = wiring === 'proper' ? proper : evaluation.wired;
  // Zeros and ones are nudged to have a score behind them; the loss of the training code sees them as they are.
  const lost = wiring === 'as-wired' && !Number.isFinite(value);
  const free = raises === null && !lost ? freeScores(source, view) : null;
  const field = free === null ? null : openField(sample, free);
  const gone = field === null ? null : walk(field, spec, view, honest, steps, onStep);
  const { floor, lowerBound } =
    field === null || field.free.low > -Infinity || field.free.high < Infinity
      ? evaluation
      : bounds(spec, field.free.reading(view), field.free.reading(proper), new Measurements(field.source), 'logits');
  const found = before.every(({ recall }) => recall === null || recall >= foundRecall);
  const verdict = outcomeOf({ value, floor, lowerBound, raises, found }, gone);
  return {
    loss: spec.loss.id,
    spec: spec.text,
    declared: spec.declared,
    wiring,
    start: gone?.values[0] ?? value,
    end: gone?.values.at(-1) ?? value,
    floor: Number.isNaN(floor) ? null : floor,
    lowerBound,
    ...verdict,
    trace: gone?.values ?? [value],
    halfway: gone === null || weakest === null ? null : halfway(gone, weakest),
    rank: null,
    classes: classRows(source, before, gone, verdict.outcome),
  };
}
