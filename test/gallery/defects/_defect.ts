import type { DType } from '../../../src/core/index.ts';
import { type Draft, declared, plain, scores } from '../drafts.ts';
import type { Field } from '../fields.ts';
import type { Skill } from '../networks.ts';
import type { Kind, Situation, Wanted } from '../situations.ts';

/** How bad it is: the three levels of a defect. */
export type Level = 0 | 1 | 2;

/** What a defect may ask while it is put in. */
export interface Ask {
  /** The loss of a draft as wired, as lossprobe computes it. */
  value(draft: Draft): number;
  /** A number as a training log prints it. */
  printed(value: number, digits?: number): string;
}

/** A defect: a small change of what is stored, what is said of it, or what was printed. */
export interface Defect {
  readonly name: string;
  /** The rule that must come first, and those that are as good an answer. */
  readonly rule: string;
  readonly or?: readonly string[];
  readonly kinds: readonly Kind[];
  readonly wanted?: Wanted;
  readonly levels: readonly [string, string, string];
  /** Null where this situation cannot have the defect. */
  make(s: Situation, level: Level, ask: Ask): Draft | null;
}

/** Networks that have seen something: where prediction and target are held against each other. */
export const trained: readonly Skill[] = ['weak', 'good', 'saturated'];

/** Networks that are right in most places. */
export const able: readonly Skill[] = ['good', 'saturated'];

/** Scenes of two classes among the volumes. */
export const twoClasses: readonly string[] = [
  'lesion',
  'cells',
  'vessels',
  'nodules',
  'buildings',
  'portrait',
  'hippocampus',
  'airways',
];

/** One number per pixel where two classes compete, or one per class. */
export const oneChannel: Wanted = { head: 'one' };
export const severalChannels: Wanted = { head: 'several' };

export const everywhere: readonly Kind[] = ['binary', 'classes', 'volume'];

/** The plain draft with other scores, under this loss. */
export function withScores(s: Situation, values: Field, loss: string | undefined, dtype: DType = 'float32'): Draft {
  return { ...plain(s), prediction: scores(s, dtype, values), options: { loss, ...declared(s) } };
}

/** The loss that takes the probabilities of this head. */
export function ofProbabilities({ channels }: Situation): string {
  return channels === 1 ? 'bce' : 'ce:from=probabilities';
}
