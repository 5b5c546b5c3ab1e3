import type { Circumstances, Evaluation, From } from '../core/index.ts';

/** The losses that the user named, evaluated. */
export function declaredLosses({ losses }: Circumstances): Evaluation[] {
  return losses.filter((it) => it.spec.declared);
}

/** The declared losses that are handed this form of prediction. */
export function declaredFrom(circumstances: Circumstances, from: From): Evaluation[] {
  return declaredLosses(circumstances).filter((it) => it.spec.from === from);
}

/** True for losses that take the logarithm of single probabilities. */
export function takesLogarithms({ spec }: Evaluation): boolean {
  return spec.loss.family === 'distribution';
}
