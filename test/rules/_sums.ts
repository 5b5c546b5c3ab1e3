import type { Evaluation, Subject } from '../../src/core/index.ts';
import { termsOf } from '../../src/measure/wiring.ts';
import { evaluation } from './_subject.ts';

/** Value of a term without its factor, norm of its gradient with it. */
interface TermNumbers {
  readonly value: number;
  readonly l2: number;
}

/** A declared sum as typed, with the numbers that the test wants for each term. */
export function sumOf(text: string, about: Subject, numbers: readonly TermNumbers[]): Evaluation {
  const whole = evaluation(text, about);
  const all = numbers.reduce((sum, { l2 }) => sum + l2, 0);
  const terms = termsOf(whole.spec, about.kind).map(({ spec, factor }, k) => {
    const { value, l2 } = numbers[k] ?? { value: 0, l2: 0 };
    const gradient = { l2, share: l2 / all, cosines: numbers.map(() => 1) };
    return { spec, factor, value: { value, perClass: null, contributions: null }, gradient };
  });
  const value = terms.reduce((sum, term) => sum + term.factor * term.value.value, 0);
  return { ...whole, value, terms };
}
