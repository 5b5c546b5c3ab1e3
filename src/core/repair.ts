import type { Subject } from './case.ts';
import type { Evaluation } from './evaluation.ts';
import type { RepairRequest } from './rule.ts';
import type { View } from './view.ts';

/** A defect undone in memory: another view of the same arrays, under which the loss is taken again. */
export interface Repair {
  readonly id: string;
  /** As in "what was done": `softmax dropped`. */
  what(subject: Subject, evaluation: Evaluation, request: RepairRequest): string;
  view(subject: Subject, evaluation: Evaluation, request: RepairRequest): View;
  /** Where the arrays are read without the defect already: the view that has it. */
  before?(subject: Subject, evaluation: Evaluation): View | undefined;
}
