import type { Level, Subject } from '../core/index.ts';
import { allowedLabels, unscaledValue, validValues, voidLabels } from './_target-values.ts';

/** Codes such as 0, 50, 100 keep at least this distance. */
const leastStep = 20;

/** How labels that are not 0 to C - 1 would become that. */
export interface Remap {
  readonly levels: readonly Level[];
  readonly why: 'counted from one' | 'multiples' | 'in order';
}

/** The labels that count as classes: void left out. */
export function classLabels(subject: Subject): number[] {
  const strange = voidLabels(subject).map(({ label }) => label);
  return validValues(subject)
    .map(([value]) => value)
    .filter((value) => !strange.includes(value));
}

/** The one plausible translation of labels to 0 to C - 1; null where the labels are in order, or several would do. */
export function remapOf(subject: Subject): Remap | null {
  const { profile, scale } = subject.target;
  if (profile.channelSums !== null || scale !== 1 || !profile.complete || unscaledValue(subject) !== null) return null;
  const classes = allowedLabels(subject);
  const labels = classLabels(subject);
  const [low = 0] = labels;
  const high = labels.at(-1) ?? 0;
  const whole = labels.every(Number.isInteger);
  if (labels.length < 2 || labels.length > classes || low < 0 || (whole && high < classes)) return null;
  const levels = (id: (label: number, rank: number) => number): Level[] =>
    labels.map((label, rank) => [label, id(label, rank)] as const);
  if (low === 1 && high === classes) return { levels: levels((label) => label - 1), why: 'counted from one' };
  const step = stepOf(labels, classes);
  if (step !== null) return { levels: levels((label) => Math.round(label / step)), why: 'multiples' };
  return labels.length === classes ? { levels: levels((_, rank) => rank), why: 'in order' } : null;
}

/** The distance of codes that are spread evenly, to the rounding: 85 of 0, 85, 170, 255; null where there is none. */
function stepOf(labels: readonly number[], classes: number): number | null {
  const high = labels.at(-1) ?? 0;
  const spread = [high / (labels.length - 1), 255 / (classes - 1), 256 / classes];
  const fits = (step: number): boolean => {
    const ids = labels.map((label) => Math.round(label / step));
    const near = labels.every((label, k) => Math.abs(label - step * (ids[k] ?? 0)) <= 1);
    return step >= leastStep && near && (ids.at(-1) ?? 0) < classes && new Set(ids).size === labels.length;
  };
  return spread.find(fits) ?? null;
}
