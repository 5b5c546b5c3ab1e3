import { type Change, type Rule, type Series, UsageError } from '../core/index.ts';
import { judge } from '../diagnose/rules.ts';
import type { Named } from '../interpret/settings.ts';
import { lossValue } from '../measure/evaluate.ts';
import { confusion, probabilityChange, probabilityMap } from '../measures/index.ts';
import type { Request } from '../pipeline.ts';
import { rowName } from '../report/case-report.ts';
import { frozenOutput, trainEvalGap } from '../rules/index.ts';
import { seriesVerdicts } from './checks.ts';
import { type Opened, type OpenedLoss, openExports, perspective } from './exports.ts';
import type { TrendClass, TrendLoss, TrendReport } from './report.ts';

/** Exports of the same input: at several times, oldest first, or in training and in evaluation mode. */
export interface Exports {
  readonly checkpoints: readonly Named[];
  readonly modes: readonly Named[] | null;
}

const seriesRules: readonly Rule[] = [frozenOutput, trainEvalGap];

/**
 * Compares several exports of the same input: loss, Dice per class, how far the output moved.
 * @throws InputError when an export cannot be judged or is of another input, UsageError when there is nothing to compare.
 */
export function trendArrays({ checkpoints, modes }: Exports, target: Named, request: Request): TrendReport {
  if (modes !== null && modes.length !== 2) {
    throw new UsageError(`--modes takes two files, training mode first; ${modes.length} were given`);
  }
  if (checkpoints.length === 1 || (checkpoints.length === 0 && modes === null)) {
    throw new UsageError(
      `a trend needs two checkpoints of the same input, three for most questions; ${checkpoints.length} given`,
    );
  }
  const files = [...checkpoints, ...(modes ?? [])];
  const opened = openExports(files, target, request);
  const series = opened.slice(0, checkpoints.length);
  const [train, evaluation] = opened.slice(checkpoints.length);
  const last = series.at(-1) ?? evaluation;
  const first = last?.losses[0];
  if (last === undefined || first === undefined) throw new UsageError('there is no loss to follow');
  const changes = series.map((it, k) => changeFrom(series[k - 1], it));
  const losses = last.losses.map((_, k) => lossRow(series, last, k));
  const of = (it: Opened): { path: string; loss: number } => ({ path: it.path, loss: lossOf(it, 0, 'proper') });
  const between = changeFrom(train, evaluation);
  const compared =
    train === undefined || evaluation === undefined || between === null
      ? null
      : { train: of(train), eval: of(evaluation), change: between };
  // Values of logits and of probabilities under the same wiring are not of one kind.
  const reading = new Set(series.map((it) => it.subject.prediction.activation)).size > 1 ? 'proper' : 'wired';
  const whole: Series = {
    spec: first.spec.text,
    checkpoints: series.map((it, k) => ({
      path: it.path,
      loss: lossOf(it, 0, reading),
      change: changes[k] ?? null,
    })),
    ...perspective(last, first),
    modes: compared,
  };
  const { subject } = last;
  const verdicts = judge(seriesRules, {
    subject,
    measurements: last.measurements,
    mended: null,
    circumstances: {
      losses: [],
      others: [],
      reported: null,
      reportedValue: null,
      baseline: [],
      options: { layout: request.layout, classes: request.classes },
      series: whole,
      retake: () => Number.NaN,
      perImage: () => [],
    },
    selection: request.selection,
    repairs: [],
  });
  const classes = classRows(series, last);
  const forms = opened.map(({ path, subject: { prediction } }) => ({ path, activation: prediction.activation }));
  const own = seriesVerdicts({ series: whole, classes, forms, found: verdicts });
  const all = [...verdicts, ...own];
  return {
    target: { path: target.path, dtype: subject.target.dtype, shape: subject.target.shape, ignore: subject.ignore },
    checkpoints: series.map((it, k) => {
      const { path, dtype, shape, layout, activation } = it.subject.prediction;
      return { path, dtype, shape, layout, activation, change: changes[k] ?? null };
    }),
    losses,
    classes,
    modes: compared,
    verdicts: [...all.filter(({ status }) => status === 'found'), ...all.filter(({ status }) => status !== 'found')],
  };
}

function changeFrom(before: Opened | undefined, after: Opened | undefined): Change | null {
  if (before === undefined || after === undefined) return null;
  const map = before.measurements.get(probabilityMap, before.honest);
  return after.measurements.get(probabilityChange(map), after.honest);
}

function lossOf({ measurements, losses }: Opened, index: number, reading: 'wired' | 'proper'): number {
  const loss: OpenedLoss | undefined = losses[index];
  return loss === undefined ? Number.NaN : lossValue(loss.spec, measurements, loss[reading]).value;
}

function lossRow(series: readonly Opened[], last: Opened, index: number): TrendLoss {
  const loss = last.losses[index] as OpenedLoss;
  const { prior, floor } = perspective(last, loss);
  return {
    loss: loss.spec.loss.id,
    spec: loss.spec.text,
    declared: loss.spec.declared,
    values: series.map((it) => lossOf(it, index, 'wired')),
    prior,
    floor: Number.isNaN(floor) ? null : floor,
  };
}

function classRows(series: readonly Opened[], last: Opened): TrendClass[] {
  const counts = series.map(({ measurements, honest }) => measurements.get(confusion, honest));
  const { truth, valid } = last.measurements.get(confusion, last.honest);
  return Array.from({ length: last.subject.rows }, (_, row) => ({
    index: row,
    name: rowName(last.subject, row),
    pixels: truth[row] ?? 0,
    frequency: (truth[row] ?? 0) / valid,
    dice: counts.map((it) => {
      const both = (it.truth[row] ?? 0) + (it.predicted[row] ?? 0);
      return both === 0 ? null : (2 * (it.agreed[row] ?? 0)) / both;
    }),
    predicted: counts.map((it) => (it.predicted[row] ?? 0) / it.valid),
  }));
}
