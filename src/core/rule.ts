import type { Material, Subject } from './case.ts';
import type { Evaluation, LossSpec } from './evaluation.ts';
import type { LossOptions } from './loss.ts';
import type { Needs, Values } from './measure.ts';
import type { Hints } from './ndarray.ts';
import type { Placement } from './placement.ts';
import type { Effect, Evidence, Fix, Reported, Severity } from './report.ts';
import type { Series } from './series.ts';
import type { Level, View } from './view.ts';

/** A loss, or a term of a sum, and the view that it sees. */
export interface ViewedLoss {
  readonly spec: LossSpec;
  readonly view: View;
}

/** A loss as it was declared in an earlier run, and its value then. */
export interface StoredLoss {
  readonly spec: string;
  readonly value: number;
}

/** Besides measures and the subject, what a rule may ask about the run. */
export interface Circumstances {
  /** The declared losses, evaluated; without `--loss` the assumed one, with `spec.declared` false. */
  readonly losses: readonly Evaluation[];
  /** The other losses of the table, each fed as it should be. */
  readonly others: readonly Evaluation[];
  /** What the reported value turned out to be; null without `--reported`. */
  readonly reported: Reported | null;
  /** Losses of an earlier run on the same arrays; empty where none are known. */
  readonly baseline: readonly StoredLoss[];
  /** The number that was reported, NaN and infinities included; null without `--reported`. */
  readonly reportedValue: number | null;
  readonly options: { readonly layout: string | null; readonly classes: number | null };
  /** Several exports of the same input; null where a single prediction is judged. */
  readonly series: Series | null;
  /** The loss taken again with some of its options changed. */
  retake(loss: ViewedLoss, options: LossOptions): number;
  /** The loss taken on every image alone. Costs a second look at the arrays. */
  perImage(loss: ViewedLoss): readonly number[];
}

/** A repair to apply and measure: its id and, where it needs them, a parameter, where the target is to be read, or a table. */
export interface RepairRequest {
  readonly repair: string;
  readonly parameter?: number;
  readonly placement?: Placement;
  /** For repairs that translate labels: what each stored value is read as. */
  readonly levels?: readonly Level[];
}

/** What a rule found. */
export interface Finding {
  /** Found, in numbers; allowed; what to do. One or two sentences. */
  readonly message: string;
  readonly evidence: readonly Evidence[];
  /** Where it differs from the rule's own. */
  readonly severity?: Severity;
  readonly title?: string;
  readonly why?: string;
  /** Applied in memory by the pipeline, which then fills in the effect. */
  readonly repair?: RepairRequest;
  /** An effect that needs no second look at the arrays. */
  readonly effect?: Effect;
  /** 0 to 1: how far the evidence goes beyond doubt; ranks causes of equal severity. 0.5 unless said otherwise. */
  readonly strength?: number;
}

/** The question does not arise here; says why. */
export interface NotApplicable {
  readonly notApplicable: string;
}

export type Answer = Finding | NotApplicable | undefined;

/** A small picture that is documentation, test and fixture at once. */
export interface Example {
  /** One character per pixel, a blank line before every further image; `legend` says what it stands for (one number per channel). */
  readonly prediction: string;
  readonly legend: Readonly<Record<string, readonly number[]>>;
  /** One character per pixel; digits stand for themselves unless `labels` says otherwise (a colour makes it a picture). */
  readonly target: string;
  readonly labels?: Readonly<Record<string, number | readonly number[]>>;
  /** Axis order in which the prediction is stored; CHW unless said otherwise. */
  readonly layout?: 'CHW' | 'HWC';
  /** The picture is repeated so many times down and across (many tests ask for a minimum of pixels). */
  readonly repeat?: readonly [number, number];
  /** The rows, repeats included, are cut into so many images of equal height; one image without a batch axis unless given. */
  readonly images?: number;
  readonly dtype?: 'float32' | 'float16' | 'uint8';
  readonly targetDtype?: 'uint8' | 'float32' | 'int16';
  /** What the headers of the two files say. */
  readonly hints?: { readonly prediction: Partial<Hints>; readonly target: Partial<Hints> };
  /** For rules about several exports: those before `prediction`, as pictures, oldest (or training mode) first. */
  readonly series?: { readonly of: 'checkpoints' | 'modes'; readonly before: readonly string[] };
  /** Command-line options, as typed. */
  readonly args?: readonly string[];
}

/** What `lossprobe explain` says of a finding. */
export interface Explanation {
  /** What is tested, and the threshold with its reason. */
  readonly test: string;
  readonly why: string;
  readonly fix: readonly Fix[];
  /** When it is wrong. */
  readonly exceptions: string;
  /** Public reports that show precisely this. */
  readonly seen?: readonly string[];
}

export interface Rule {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly explain: Explanation;
  readonly examples: { readonly fires: Example; readonly clear: Example };
  /** What must be readable for the question to be asked. */
  readonly looksAt: readonly Material[];
  /** Ids of the rules whose findings this one explains; `*` for the usual consequences of any cause. */
  readonly explains: readonly string[];
  readonly needs: Needs;
  // biome-ignore lint/suspicious/noExplicitAny: each rule types its own measures in `rule`; erased here.
  check(values: any, subject: Subject, circumstances: Circumstances): Answer;
}

/** Declares a rule; ties the types of its measures together before they are erased. */
export function rule<const N extends Needs>(
  parts: Omit<Rule, 'needs' | 'check'> & {
    needs: N;
    check(values: Values<N>, subject: Subject, circumstances: Circumstances): Answer;
  },
): Rule {
  return parts;
}
