import { type Placement, placementKey } from './placement.ts';

/** A step from stored values towards probabilities. */
export type Step =
  | 'softmax'
  | 'sigmoid'
  | 'exp'
  | 'log'
  /** The largest channel becomes 1 and the others 0; ties go to the lowest. */
  | 'argmax'
  /** 1 above 1/2, else 0. */
  | 'threshold';

/** What a softmax may run over by mistake: the images, an axis of space, or all of space. */
export type WrongAxis = 'N' | 'D' | 'H' | 'W' | 'space';

/** A stored target value and the class that it, and what lies nearest to it, is read as. */
export type Level = readonly [stored: number, id: number];

/** How the target is read: from where, off ramps, to levels, then `scale * value + shift` (0/255 read as 0/1, ...). */
export interface TargetReading extends Placement {
  readonly scale: number;
  readonly shift: number;
  /** Every value is read as the class of the nearest level (of 0, 128, 255 the 128 as 1); as it is where the list is empty. */
  readonly levels?: readonly Level[];
  /** Values on a ramp between two labels take the label of the nearest pixel that is on none. */
  readonly flat?: boolean;
}

/**
 * One way to look at the same arrays: as the training code wired them, as they should have been, repaired, or
 * as a formula supposes. A view shares the data and changes only the reading.
 */
export interface View {
  /** Applied to the stored values in this order; the outcome is what the loss takes as probabilities. */
  readonly steps: readonly Step[];
  /**
   * `stable`: ln p comes from the scores (log-softmax, softplus). `rounded`: ln of the probability after it was
   * rounded to a float, as a loss sees it that is handed probabilities.
   */
  readonly logs: 'stable' | 'rounded';
  readonly target: TargetReading;
  /** Stored scores become `score * scores` (probabilities that were saved times 255). */
  readonly scores: number;
  /** The scores become the logarithms of a softmax over this, ahead of the steps. For values only: no gradient goes back through it. */
  readonly over?: WrongAxis;
  /** Target values dropped besides the declared ignore values (void that nobody declared). */
  readonly ignore: readonly number[];
  /** Class that ignored pixels are counted as; they are left out where it is absent. */
  readonly voidClass?: number;
  /** Of a sum of losses: how each term reads the prediction, where that is not alike. The target is read as above. */
  readonly terms?: readonly View[];
}

/** The plain view: given steps, everything else as it is. */
export function view(steps: readonly Step[], change: Partial<View> = {}): View {
  return {
    steps,
    logs: 'stable',
    target: { scale: 1, shift: 0 },
    scores: 1,
    ignore: [],
    ...change,
  };
}

/** Two views with the same key see the same numbers. */
export function viewKey(it: View): string {
  const own = `${it.steps.join('>')}|${it.logs}|${targetKey(it)}|${scoreKey(it)}`;
  return it.terms === undefined ? own : `${own} (${it.terms.map(viewKey).join(' + ')})`;
}

/** The part of the key that decides what the steps begin with. */
function scoreKey({ scores, over }: View): string {
  return `${scores}${over ?? ''}`;
}

/** What a term of a sum sees through a view: its own reading of the prediction, the target as the view has it. */
export function termView(it: View, term: number): View {
  const own = it.terms?.[term];
  if (own === undefined) return it;
  const { terms: _, ...whole } = it;
  const { steps, logs, scores, over } = own;
  return { ...whole, steps, logs, scores, ...(over === undefined ? {} : { over }) };
}

/** The part of the key that decides how the target is read. */
export function targetKey({ target, ignore, voidClass }: View): string {
  const { scale, shift, levels, flat = false } = target;
  const values = `${levels === undefined ? '' : `|levels ${levels.join(' ')}`}${flat ? '|flat' : ''}`;
  return `${scale},${shift}|${ignore}|${voidClass ?? ''}${values}${placementKey(target)}`;
}
