import { type Evidence, grouped, type Question, type Series, type Severity, type Verdict } from '../core/index.ts';
import * as questions from '../questions/index.ts';
import type { TrendClass } from './report.ts';

/** What the questions about a series are asked about; `found` are the answers of the rules. */
export interface Course {
  readonly series: Series;
  readonly classes: readonly TrendClass[];
  readonly forms: readonly { readonly path: string; readonly activation: string }[];
  readonly found: readonly Verdict[];
}

interface Answer {
  readonly message: string;
  readonly evidence: readonly Evidence[];
  readonly severity?: Severity;
  readonly title?: string;
}

interface Check {
  readonly question: Question;
  readonly fewest: number;
  ask(course: Course): Answer | undefined;
}

/** A loss that rose by this share of its best value, and is still rising, diverges. */
const rise = 0.5;

/** A loss that falls by less than this share over the last three checkpoints stands still. */
const standstill = 0.01;

/** A class was alive with this Dice, and is dead with a tenth of it. */
const alive = 0.3;
const leftOver = 0.1;

const divergence: Check = {
  question: questions.divergence,
  fewest: 2,
  ask({ series: { checkpoints, spec } }) {
    const losses = checkpoints.map(({ loss }) => loss);
    const bad = losses.findIndex((loss) => !Number.isFinite(loss));
    const evidence = losses.map((value, k) => ({ label: `${spec}, ${checkpoints[k]?.path}`, value }));
    if (bad >= 0) {
      const message =
        `${spec} is ${short(losses[bad])} at ${checkpoints[bad]?.path}; a loss is a finite number. Look at this export alone first, ` +
        'then lower the learning rate or clip the gradients.';
      return { message, evidence, severity: 'error', title: 'a checkpoint has no finite loss' };
    }
    const [best, last, before] = [Math.min(...losses), losses.at(-1) ?? 0, losses.at(-2) ?? 0];
    if (!(last - best > rise * Math.abs(best) && last > before)) return undefined;
    const message =
      `${spec} was ${short(best)} at ${checkpoints[losses.indexOf(best)]?.path} and is ${short(last)} at ${checkpoints.at(-1)?.path}, ` +
      'and rising. Go back to the best checkpoint, with a lower learning rate or clipped gradients; if the loss on the training images ' +
      'still falls, this is overfitting.';
    return { message, evidence };
  },
};

const dyingClass: Check = {
  question: questions.dyingClass,
  fewest: 2,
  ask({ classes, series: { checkpoints } }) {
    const dead = classes.flatMap(({ index, name, pixels, dice }) => {
      const best = Math.max(...dice.map((it) => it ?? 0));
      const last = dice.at(-1) ?? 0;
      return pixels > 0 && best >= alive && last <= leftOver * best
        ? [{ label: `${index} ${name}`.trim(), best, last, at: checkpoints[dice.indexOf(best)]?.path ?? '' }]
        : [];
    });
    if (dead.length === 0) return undefined;
    const told = dead.map(
      ({ label, best, last, at }) => `class ${label} had a Dice of ${short(best)} at ${at} and has ${short(last)} now`,
    );
    return {
      message: `${told.join('; ')}. Look at its share of the loss and of the gradient in both reports, and give it weight or a region loss.`,
      evidence: dead.flatMap(({ label, best, last }) => [
        { label: `best Dice of class ${label}`, value: best, limit: alive },
        { label: `Dice of class ${label} now`, value: last },
      ]),
    };
  },
};

const plateau: Check = {
  question: questions.plateau,
  fewest: 3,
  ask({ series: { checkpoints, spec, floor }, found }) {
    if (found.some(({ rule, status }) => rule === 'frozen-output' && status === 'found')) return undefined;
    const [first = Number.NaN, , last = Number.NaN] = checkpoints.slice(-3).map(({ loss }) => loss);
    if (!(Math.abs(first - last) < standstill * Math.abs(first))) return undefined;
    const lowest = Number.isFinite(floor) ? `; it can fall to ${short(floor)}` : '';
    return {
      message:
        `${spec} goes from ${short(first)} to ${short(last)} over the last three checkpoints${lowest}. lossprobe descend says whether the ` +
        'loss could go lower on these arrays, lossprobe on the last of them what keeps it.',
      evidence: [
        { label: `${spec}, three checkpoints ago`, value: first },
        { label: `${spec}, last`, value: last, limit: `${100 * standstill} %` },
      ],
    };
  },
};

const formsDiffer: Check = {
  question: questions.formsDiffer,
  fewest: 0,
  ask({ forms }) {
    const kinds = new Map<string, string[]>();
    for (const { path, activation } of forms) kinds.set(activation, [...(kinds.get(activation) ?? []), path]);
    if (kinds.size < 2) return undefined;
    const told = [...kinds].map(([activation, paths]) => `${paths.join(', ')}: ${activation}`);
    return {
      message:
        `${told.join('; ')}. All are compared as probabilities; the loss is taken as the training code would on each, so its values need not ` +
        'be of one kind. Export all of them at the same place of the code, or say --activation.',
      evidence: [{ label: 'forms', value: kinds.size, limit: 1 }],
    };
  },
};

/** Every question about a series that no rule of the catalogue asks, answered. */
export function seriesVerdicts(course: Course): Verdict[] {
  return [divergence, dyingClass, plateau, formsDiffer].map((check) => {
    const { question } = check;
    const given = course.series.checkpoints.length;
    const few = given < check.fewest;
    const answer = few ? undefined : check.ask(course);
    return {
      rule: question.id,
      status: few ? 'not-applicable' : answer === undefined ? 'clear' : 'found',
      severity: answer?.severity ?? question.severity,
      role: answer === undefined ? null : 'cause',
      causedBy: null,
      title: answer?.title ?? question.title,
      message: answer?.message ?? '',
      evidence: answer?.evidence ?? [],
      why: '',
      fix: [],
      effect: null,
      reason: few ? `needs ${grouped(check.fewest)} checkpoints; there are ${given}` : '',
    };
  });
}

function short(value = Number.NaN): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(4))) : Number.isNaN(value) ? 'NaN' : 'infinite';
}
