import type { Obstacle, Subject } from '../core/index.ts';

/** The stored values that count, ascending, with their pixels: declared ignore values are left out. */
export function validValues({ target, ignore }: Subject): [value: number, pixels: number][] {
  return [...target.profile.values].filter(([value]) => !ignore.includes(value));
}

/** Number of labels that the prediction has an answer to: they run from 0 to this minus 1. */
export function allowedLabels({ target, channels, rows }: Subject): number {
  return target.profile.channelSums !== null || channels === 1 ? 2 : rows;
}

/** The two values of a two-class target, lower first; null when it does not hold exactly two. */
export function twoValues(subject: Subject): [low: number, high: number] | null {
  const [low, high, ...more] = validValues(subject);
  if (low === undefined || high === undefined || more.length > 0 || !subject.target.profile.complete) return null;
  return allowedLabels(subject) === 2 ? [low[0], high[0]] : null;
}

/** The v of a target that holds 0 and v > 1 and nothing else where 0 and 1 are wanted; null for any other. */
export function unscaledValue(subject: Subject): number | null {
  const [low, high] = twoValues(subject) ?? [];
  return low === 0 && high !== undefined && high > 1 ? high : null;
}

/** A label and the pixels that hold it. */
export interface Labelled {
  readonly label: number;
  readonly pixels: number;
}

/**
 * Labels that no class of the prediction answers to, the most frequent first. Empty for a picture whose grey levels are read as
 * shares of white, and for numbers that are no labels.
 */
export function labelsWithoutClass(subject: Subject): Labelled[] {
  if (subject.target.scale !== 1) return [];
  const classes = allowedLabels(subject);
  return validValues(subject)
    .filter(([value]) => Number.isInteger(value) && (value < 0 || value >= classes))
    .map(([label, pixels]) => ({ label, pixels }))
    .sort((a, b) => b.pixels - a.pixels);
}

/** Ids that data sets and libraries give to pixels that nobody labelled. */
const usualVoid = [255, 254, 250, -1, -100];

/** Void lies along outlines and borders: at least this share of it within 3 px of one. */
export const voidNearEdges = 0.6;

/** An id that is no usual one is void only where it is rare: void is an outline, not a class. */
const unusualVoidShare = 0.3;

export interface VoidLabel extends Labelled {
  /** Share within 3 px of an outline or the border; NaN when it was not looked at. */
  readonly nearEdges: number;
  /** One of the ids that are commonly used. */
  readonly usual: boolean;
}

/** The labels without a class when all of them are void and not classes; empty otherwise. */
export function voidLabels(subject: Subject): VoidLabel[] {
  const strange = labelsWithoutClass(subject).map(({ label, pixels }) => ({
    label,
    pixels,
    nearEdges: subject.target.profile.nearEdges.get(label) ?? Number.NaN,
    usual: usualVoid.includes(label),
  }));
  // 0 and 255 alone are a scaled mask, -1 and 1 a centred one: no class and void.
  const [low = 0] = twoValues(subject) ?? [];
  // Fractions below 0 are class ids that were normalised, and -1 is the lowest of them.
  const normalised = validValues(subject).some(([value]) => value < -0.01 && !Number.isInteger(value));
  if (strange.length === 0 || low < 0 || normalised || unscaledValue(subject) !== null) return [];
  const known = validValues(subject).filter(([value]) => value >= 0 && value < allowedLabels(subject));
  const lone = known.length === 1;
  // Of two classes the object must be there, or the strange labels are the object (0, 128, 255).
  const objects = allowedLabels(subject) > 2 || known.some(([value]) => value === 1);
  const { size, values } = subject.target.profile;
  // 1 to C without a 0 are classes counted from one.
  const fromOne = !values.has(0) && strange.some(({ label }) => label === allowedLabels(subject));
  const odd = strange.filter(({ usual }) => !usual);
  if (fromOne || odd.length > 1 || odd.some(({ pixels }) => pixels > unusualVoidShare * size)) return [];
  const hugs = strange.every(({ usual, nearEdges }) => (usual && !lone) || nearEdges >= voidNearEdges);
  return known.length > 0 && objects && hugs ? strange : [];
}

/** The obstacle that a rule names, where there is one. */
export function obstacleOf(subject: Subject, rule: string): Obstacle | undefined {
  return subject.obstacles.find((it) => it.rule === rule);
}

/** Channels that the target is stored with. */
export function targetChannels({ target: { layout, shape } }: Subject): number {
  return layout.includes('C') ? (shape[layout.indexOf('C')] ?? 1) : 1;
}
