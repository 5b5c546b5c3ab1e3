import { expect, test } from 'vitest';
import { type Measure, type SweptMeasure, view } from '../../src/core/index.ts';
import { losses } from '../../src/losses/index.ts';
import { evaluateLosses, gradientParts, lossRequests } from '../../src/measure/evaluate.ts';
import { isPortable, measureOf, orderOf } from '../../src/measure/order.ts';
import { parseLoss } from '../../src/measure/spec.ts';
import { gradientSum, rankedLosses, storedValues } from '../../src/measures/index.ts';
import { rules } from '../../src/rules/index.ts';
import { measurementsOf, type Picture } from '../_arrays.ts';

const pictures: readonly Picture[] = [1, 3].map((channels) => ({
  prediction: Array.from({ length: 4 * channels }, (_, k) => k % 3),
  target: [0, 1, 1, 0],
  spatial: [2, 2],
  channels,
}));

/** The swept measures among these and what they need. */
function sweptOf(measures: readonly (Measure<unknown> | undefined)[]): SweptMeasure<unknown>[] {
  return measures.flatMap((measure) => {
    if (measure === undefined) return [];
    return measure.kind === 'swept' ? [measure] : sweptOf(Object.values(measure.needs));
  });
}

test('what losses, their gradients and rules ask for can be made in another thread, but for what is as large as the file', () => {
  const asked = pictures.flatMap((picture) => {
    const all = measurementsOf(picture);
    const specs = losses.filter(({ kinds }) => kinds.includes(all.source.kind)).map(({ id }) => parseLoss(id));
    const evaluations = evaluateLosses(specs, all);
    return evaluations.flatMap(({ spec, wired }) => [
      ...lossRequests(spec, all, wired).map(({ measure }) => measure),
      gradientSum(gradientParts(spec, all, wired)),
    ]);
  });
  const measures = sweptOf([storedValues(true), ...asked, ...rules.flatMap((rule) => Object.values(rule.needs))]);
  expect(measures.length).toBeGreaterThan(100);
  const kept = measures.filter((measure) => !isPortable(measure)).map(({ id }) => id.replace(/ .*/, ''));
  expect([...new Set(kept)]).toEqual(['mapped-sums', 'whole-images', 'whole-scores']);
});

test('an order says which measure it is, with its parameters', () => {
  const measure = rankedLosses([1, 2], 0.1);
  const { jobs } = orderOf({} as never, [{ measure, view: view([]), needs: {} }]);
  const [job] = structuredClone(jobs);
  expect(job && measureOf(job.recipe).id).toBe(measure.id);
});
