import type { Kind, Subject } from './case.ts';
import type { GradientField } from './gradient.ts';
import type { Needs, Values } from './measure.ts';
import type { OptionTable, OptionValues } from './options.ts';

/** What the training code hands the loss. `auto` is what the file holds, activated if need be. */
export type From = 'logits' | 'probabilities' | 'log-probabilities' | 'auto';

export interface LossValue {
  readonly value: number;
  /** One row per class of the per-class table; null where the loss says nothing of a class. */
  readonly perClass: readonly (number | null)[] | null;
  /** What each class adds to the value, up to a common factor; null where the value does not split by class. */
  readonly contributions: readonly number[] | null;
}

/** One term of a loss that is a weighted sum. It keeps its own options and its own view of the prediction. */
export interface LossTerm {
  readonly factor: number;
  readonly loss: Loss;
  readonly options: LossOptions;
  /** What it is handed; null where that is what the whole is handed. */
  readonly from: From | null;
  /** As it would be typed. */
  readonly text: string;
}

/**
 * A segmentation loss: a formula over measures. No activation, one-hot encoding, masking or pixel loop is in here;
 * those happen once, elsewhere.
 */
export interface Loss {
  readonly id: string;
  readonly title: string;
  readonly family: 'distribution' | 'region' | 'boundary' | 'compound';
  /** In plain text, with the literature's letters: z logits, p probability, g one-hot target, y label. */
  readonly formula: string;
  readonly about: string;
  /** When to use it, in one line. */
  readonly when: string;
  readonly source: string;
  readonly options: OptionTable;
  /** What the training code hands it unless said otherwise. */
  readonly from: From;
  /** Kinds of problem it is defined for. */
  readonly kinds: readonly Kind[];
  /** True when `--weights` applies to it. */
  readonly weighted: boolean;
  /** The activation that belongs to it. */
  activation(options: LossOptions, kind: Kind): 'softmax' | 'sigmoid';
  measures(options: LossOptions, subject: Subject): Needs;
  value(values: LossMeasures, options: LossOptions, subject: Subject): LossValue;
  gradient(values: LossMeasures, options: LossOptions, subject: Subject): readonly GradientField[];
  /**
   * Infimum of the formula on this target, where it is not simply the value at the perfect prediction; null where
   * it is.
   */
  infimum(values: LossMeasures, options: LossOptions, subject: Subject): number | null;
  /** The terms of a weighted sum, which then stand for `measures`, `value`, `gradient` and `infimum`. */
  terms?(options: LossOptions, kind: Kind): readonly LossTerm[];
}

// biome-ignore lint/suspicious/noExplicitAny: each loss types its own options and measures in `loss`; erased here.
export type LossOptions = any;
// biome-ignore lint/suspicious/noExplicitAny: see above.
export type LossMeasures = any;

interface LossParts<O extends OptionTable, N extends Needs>
  extends Omit<Loss, 'options' | 'activation' | 'measures' | 'value' | 'gradient' | 'infimum' | 'terms'> {
  options: O;
  activation?(options: OptionValues<O>, kind: Kind): 'softmax' | 'sigmoid';
  measures(options: OptionValues<O>, subject: Subject): N;
  value(values: Values<N>, options: OptionValues<O>, subject: Subject): LossValue;
  gradient(values: Values<N>, options: OptionValues<O>, subject: Subject): readonly GradientField[];
  infimum?(values: Values<N>, options: OptionValues<O>, subject: Subject): number | null;
}

/** Softmax for exclusive classes, sigmoid for everything else. */
export function usualActivation(kind: Kind): 'softmax' | 'sigmoid' {
  return kind === 'exclusive' ? 'softmax' : 'sigmoid';
}

/** Declares a loss; ties the types of its options and measures together before they are erased. */
export function loss<const O extends OptionTable, N extends Needs>(parts: LossParts<O, N>): Loss {
  return { activation: (_options: LossOptions, kind: Kind) => usualActivation(kind), infimum: () => null, ...parts };
}

interface SumParts<O extends OptionTable>
  extends Omit<Loss, 'options' | 'activation' | 'measures' | 'value' | 'gradient' | 'infimum' | 'terms'> {
  options: O;
  activation?(options: OptionValues<O>, kind: Kind): 'softmax' | 'sigmoid';
  terms(options: OptionValues<O>, kind: Kind): readonly LossTerm[];
}

/** Declares a loss that is a weighted sum of others: it has terms, and no formula of its own. */
export function sumLoss<const O extends OptionTable>(parts: SumParts<O>): Loss {
  const termByTerm = (): never => {
    throw new Error(`${parts.id} is taken term by term`);
  };
  return {
    activation: (_options: LossOptions, kind: Kind) => usualActivation(kind),
    measures: termByTerm,
    value: termByTerm,
    gradient: termByTerm,
    infimum: termByTerm,
    ...parts,
  };
}
