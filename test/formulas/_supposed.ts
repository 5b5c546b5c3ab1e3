import { Appraiser } from '../../src/diagnose/appraise.ts';
import { changesOf, hypothesis } from '../../src/diagnose/hypothesis.ts';
import { formulas } from '../../src/formulas/index.ts';
import { evaluateLosses } from '../../src/measure/evaluate.ts';
import { Measurements } from '../../src/measure/measurements.ts';
import { parseLoss } from '../../src/measure/spec.ts';
import { caseOf, type Picture } from '../_arrays.ts';

/** What a formula makes of a loss on a picture: its supposition with the fewest departures that has these words. */
export function supposed(picture: Picture, loss: string, formula: string, words: string): number {
  const measurements = new Measurements(caseOf(picture));
  const { source } = measurements;
  const [evaluation] = evaluateLosses([parseLoss(loss)], measurements);
  if (evaluation === undefined) throw new Error(`${loss} is not defined here`);
  const [change] = changesOf(evaluation, formulas, source, source.totals(evaluation.wired))
    .filter((it) => it.formula === formula && it.departures.some((departure) => departure.includes(words)))
    .sort((a, b) => a.departures.length - b.departures.length);
  const own = change === undefined ? null : hypothesis(evaluation, [change], source);
  const value = own === null ? null : new Appraiser(measurements).value(own);
  if (value === null) throw new Error(`${formula} does not suppose "${words}" of ${loss}`);
  return value;
}
