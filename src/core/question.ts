import type { Severity } from './report.ts';
import type { Example, Explanation } from './rule.ts';

/** An example of a command; for `embed` the channels of the prediction are the components of the features. */
export interface QuestionExample extends Example {
  /** For `embed`: the class matrix, and flat pixel indices, anchor, positive and negative per row. */
  readonly vectors?: readonly (readonly number[])[];
  readonly triplets?: readonly (readonly number[])[];
}

/** What a command with a report of its own may find. */
export interface Question {
  readonly id: string;
  readonly command: 'descend' | 'trend' | 'embed';
  readonly title: string;
  /** The usual one. */
  readonly severity: Severity;
  readonly explain: Explanation;
  readonly examples: { readonly fires: QuestionExample; readonly clear: QuestionExample };
}
