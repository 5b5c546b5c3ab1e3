import type { Subject } from './case.ts';
import type { Evaluation } from './evaluation.ts';
import type { Placement } from './placement.ts';
import type { View } from './view.ts';

/** A defect undone in memory: another view of the same arrays, under which the loss is taken again. */
export interface Repair {
  readonly id: string;
  /** As in "what was done": `softmax dropped`. */
  what(subject: Subject, evaluation: Evaluation, parameter: number | undefined, placement?: Placement): string;
  view(subject: Subject, evaluation: Evaluation, parameter: number | undefined, placement?: Placement): View;
}
