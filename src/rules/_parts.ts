import { type Circumstances, type Evaluation, termView, type ViewedLoss, viewKey } from '../core/index.ts';
import { declaredLosses } from './_declared.ts';

/** A declared loss, or one term of a declared sum, that is fed what it is made for. */
export interface Part extends ViewedLoss {
  readonly value: number;
  /** What the term is multiplied by; 1 for a loss that is no sum. */
  readonly factor: number;
  /** What it is, or is a term of. */
  readonly whole: Evaluation;
}

/** The declared losses, sums taken apart. Losses that are fed the wrong thing are left out: their numbers mean nothing. */
export function declaredParts(circumstances: Circumstances): Part[] {
  return declaredLosses(circumstances)
    .filter(({ wired, proper, raises }) => raises === null && viewKey(wired) === viewKey(proper))
    .flatMap((whole): Part[] => {
      const { spec, wired, value, terms } = whole;
      if (terms === undefined) return [{ spec, view: wired, value, factor: 1, whole }];
      return terms.map((term, k) => ({
        spec: term.spec,
        view: termView(wired, k),
        value: term.value.value,
        factor: term.factor,
        whole,
      }));
    });
}

/** Those of them that are made of overlap sums per class: Dice and its relatives. */
export function overlapParts(circumstances: Circumstances): Part[] {
  return declaredParts(circumstances).filter(({ spec }) => spec.loss.family === 'region' && 'squared' in spec.options);
}

/** Whether the sums of such a part run over the batch, and whether channel 0 takes part. */
export function pooling({ spec }: Part): { batch: boolean; background: boolean } {
  return { batch: spec.options.batch === true, background: spec.options.background !== false };
}

/** What is added above and below the line of an overlap index. */
export function smoothing({ spec }: Part): { above: number; below: number } {
  const { smooth, 'smooth-nr': above, 'smooth-dr': below } = spec.options;
  return { above: Number(smooth ?? above), below: Number(smooth ?? below) };
}

/** Options under which such a loss runs from 0 to 1, class weights or not, so that differences can be judged. */
export const asIndex = { form: 'complement', reduction: 'mean', 'divide-by': 'weights' } as const;

export const noOverlapLoss = {
  notApplicable: 'no Dice loss or relative was declared (--loss), or it is not fed what it is made for',
};
