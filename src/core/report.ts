import type { Assumption } from './case.ts';

/** A number of the report; in JSON, NaN and the infinities are the strings "NaN", "Infinity" and "-Infinity". */
export type ReportNumber = number;

export type Status = 'found' | 'clear' | 'not-applicable' | 'skipped' | 'crashed';
export type Severity = 'error' | 'warning' | 'note';

/** One number (or short text) that supports a finding. */
export interface Evidence {
  readonly label: string;
  readonly value: ReportNumber | string;
  readonly unit?: string;
  /** The threshold the value was held against, in words or as a number. */
  readonly limit?: ReportNumber | string;
}

/** A finding of a command that has no catalogue of rules. */
export interface Notice {
  readonly rule: string;
  readonly severity: Severity;
  readonly title: string;
  /** Found, in numbers; allowed; what to do. */
  readonly message: string;
  readonly evidence: readonly Evidence[];
}

/** What a repair does to the loss on these very arrays. Measured, not promised. */
export interface Effect {
  readonly what: string;
  readonly loss: string;
  readonly before: ReportNumber;
  readonly after: ReportNumber;
}

export interface Fix {
  readonly framework: string;
  readonly text: string;
}

/** The answer of one rule. Every rule stands in the report exactly once. */
export interface Verdict {
  readonly rule: string;
  readonly status: Status;
  readonly severity: Severity;
  readonly role: 'cause' | 'consequence' | null;
  readonly causedBy: string | null;
  readonly title: string;
  readonly message: string;
  readonly evidence: readonly Evidence[];
  readonly why: string;
  readonly fix: readonly Fix[];
  readonly effect: Effect | null;
  /** Why there is no answer (not-applicable, skipped, crashed); empty otherwise. */
  readonly reason: string;
}

/** One term of a loss that is a sum. */
export interface ReportedTerm {
  readonly spec: string;
  readonly factor: number;
  /** Of the term alone, without the factor. */
  readonly value: ReportNumber;
  readonly gradient: {
    /** Of the term times its factor. */
    readonly l2: ReportNumber;
    /** Of the sum of the terms' norms. */
    readonly share: ReportNumber;
    /** To the gradient of every term, itself included. */
    readonly cosines: readonly ReportNumber[];
  } | null;
}

export interface ReportedLoss {
  readonly loss: string;
  readonly spec: string;
  readonly declared: boolean;
  readonly value: ReportNumber | null;
  readonly perClass: readonly (ReportNumber | null)[] | null;
  readonly gradient: {
    readonly l2: ReportNumber;
    readonly max: ReportNumber;
    readonly perClass: readonly ReportNumber[];
    /** Share of the pixels whose gradient is below 1e-6 in every channel. */
    readonly vanishing: ReportNumber;
  } | null;
  readonly uniform: ReportNumber | null;
  readonly prior: ReportNumber | null;
  readonly floor: ReportNumber | null;
  readonly lowerBound: ReportNumber;
  /** Term by term, where the loss is a sum. */
  readonly terms: readonly ReportedTerm[] | null;
}

export interface ReportedClass {
  readonly index: number;
  readonly name: string;
  readonly pixels: number;
  readonly frequency: number;
  /** Share of the valid pixels that are predicted to be this class. */
  readonly predicted: number | null;
  readonly dice: ReportNumber | null;
  readonly iou: ReportNumber | null;
  readonly lossShare: ReportNumber | null;
  readonly gradientShare: ReportNumber | null;
  readonly weight: number | null;
}

export interface Match {
  readonly formula: string;
  readonly spec: string;
  readonly value: ReportNumber;
  readonly relativeError: number;
  /** What differs from the loss as declared; empty for `declared`. */
  readonly departures: readonly string[];
}

export interface Reported {
  readonly values: readonly { readonly name: string; readonly typed: string }[];
  readonly matches: readonly Match[];
  readonly candidates: number;
  readonly expectedChanceMatches: number;
  readonly verdict: 'declared' | 'explained' | 'ambiguous' | 'unexplained' | 'too-few-digits';
  /** The candidate next to the number that does not give it. */
  readonly runnerUp?: Match;
  /** Where nothing explains the number: what may be behind it that these arrays cannot show. */
  readonly compatible?: readonly { readonly formula: string; readonly because: string }[];
}

export interface CaseReport {
  readonly id: string;
  readonly prediction: {
    readonly path: string;
    readonly dtype: string;
    readonly shape: readonly number[];
    readonly layout: string;
    readonly activation: string;
    readonly images: number;
    readonly classes: number;
  };
  readonly target: {
    readonly path: string;
    readonly dtype: string;
    readonly shape: readonly number[];
    readonly encoding: string;
    readonly ignore: readonly number[];
    readonly valid: number;
    readonly ignored: number;
  };
  readonly assumptions: readonly Assumption[];
  readonly losses: readonly ReportedLoss[];
  readonly classes: readonly ReportedClass[];
  readonly verdicts: readonly Verdict[];
  readonly reported: Reported | null;
}

/** The one result of a run; every reporter is a pure function of it. */
export interface Report {
  readonly schema: 1;
  readonly tool: { readonly name: 'lossprobe'; readonly version: string };
  readonly cases: readonly CaseReport[];
  readonly summary: {
    readonly cases: number;
    readonly errors: number;
    readonly warnings: number;
    readonly notes: number;
    readonly worst: Severity | null;
    /** Rules that gave no answer (not-applicable, skipped, crashed), over all cases. */
    readonly notChecked: number;
  };
}
